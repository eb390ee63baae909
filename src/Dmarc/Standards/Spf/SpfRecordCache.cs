using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>Parsed records: those of a provider are parsed once for all domains that include them.</summary>
internal sealed class SpfRecordCache
{
    private readonly ParseCache<SpfRecord> _records = new(SpfParser.Parse, 4096);

    public SpfRecord Parse(string text) => _records.Parse(text);

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
