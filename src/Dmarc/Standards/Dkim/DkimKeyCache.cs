using System.Collections.Concurrent;

namespace Dmarc.Standards.Dkim;

/// <summary>A cache of parsed key records: few signers send most messages.</summary>
internal sealed class DkimKeyCache
{
    private const int MaximumCount = 1000;

    private readonly ConcurrentDictionary<string, DkimKeyRecord> _records = new(StringComparer.Ordinal);

    /// <summary>The parsed record of a text, parsed once while it is cached.</summary>
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
