using Dmarc.Reports;

namespace Dmarc.Advice.Sources;

/// <summary>Messages by name and result, for a limited number of names, because strangers choose the names.</summary>
internal sealed class NameTally
{
    private const int MaximumNames = 16;
    private const int MaximumNameLength = 255;

    private Entry[] _entries = [];
    private int _count;

    public void Add(string name, int result, long messages)
    {
        for (int index = 0; index < _count; index++)
        {
            ref Entry entry = ref _entries[index];
            if (entry.Result == result
                && (ReferenceEquals(entry.Name, name) || string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                entry.Messages = Saturating.Add(entry.Messages, messages);
                return;
            }
        }

        if (_count == MaximumNames || name.Length > MaximumNameLength)
        {
            return;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count == 0 ? 2 : _count * 2);
        }

        _entries[_count++] = new Entry { Name = name, Result = result, Messages = messages };
    }

    public void Add(NameTally other)
    {
        for (int index = 0; index < other._count; index++)
        {
            Add(other._entries[index].Name, other._entries[index].Result, other._entries[index].Messages);
        }

    }

    /// <summary>The names with a result, most frequent first.</summary>
    public IEnumerable<string> NamesOf(int result) => NamesOf(other => other == result);

    /// <summary>The names with one of some results, most frequent first.</summary>
    public IEnumerable<string> NamesOf(Func<int, bool> result) =>
        _entries.Take(_count).Where(entry => result(entry.Result)).OrderByDescending(entry => entry.Messages).Select(entry => entry.Name);

    private struct Entry
    {
        public string Name;
        public int Result;
        public long Messages;
    }
}
