using System.Collections.Concurrent;
using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>
/// Caches parsed records by their text, so that the records of a provider are parsed once for all domains that include
/// them. Long texts are not cached, and a full cache is cleared.
/// </summary>
internal sealed class SpfRecordCache
{
    private const int MaximumRecords = 4096;
    private const int MaximumLength = 2048;

    private readonly ConcurrentDictionary<string, SpfRecord> _records = new(StringComparer.Ordinal);
    private int _count;

    public SpfRecord Parse(string text)
    {
        if (_records.TryGetValue(text, out SpfRecord? record))
        {
            return record;
        }

        record = SpfParser.Parse(text);
        if (text.Length <= MaximumLength)
        {
            if (Interlocked.Increment(ref _count) > MaximumRecords)
            {
                _records.Clear();
                Interlocked.Exchange(ref _count, 1);
            }

            _records[text] = record;
        }

        return record;
    }

    /// <summary>The record of an answer if there is exactly one (RFC 7208 §4.5), and the number of records.</summary>
    public SpfRecord? Select(DnsResponse response, out int count)
    {
        count = 0;
        string? found = null;
        foreach (DnsRecord record in response.Records.AsSpan())
        {
            if (SpfRecord.IsSpf(record))
            {
                count++;
                found = ((TxtRecord)record).Text;
            }
        }

        return count == 1 ? Parse(found!) : null;
    }
}
