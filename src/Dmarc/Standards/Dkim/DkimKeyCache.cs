using System.Collections.Concurrent;

namespace Dmarc.Standards.Dkim;

/// <summary>Key records that were read before: many messages come from few signers.</summary>
internal sealed class DkimKeyCache
{
    private const int MaximumCount = 1000;

    private readonly ConcurrentDictionary<string, DkimKeyRecord> _records = new(StringComparer.Ordinal);

    /// <summary>The record of a text, read at most once while it is kept.</summary>
    public DkimKeyRecord Parse(string text)
    {
        if (_records.TryGetValue(text, out DkimKeyRecord? record))
        {
            return record;
        }

        if (_records.Count >= MaximumCount)
        {
            _records.Clear();
        }

        return _records.GetOrAdd(text, DkimKeyRecord.Parse(text));
    }
}
