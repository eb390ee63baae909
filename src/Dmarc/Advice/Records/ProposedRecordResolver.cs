using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>Answers as if a domain published a given SPF record; its other TXT records stay.</summary>
internal sealed class ProposedRecordResolver(IDnsResolver inner, string domain, string record) : IDnsResolver
{
    private const int StringLength = 255;

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        type == DnsRecordType.TXT && name.TrimEnd('.').Equals(domain, StringComparison.OrdinalIgnoreCase)
            ? ReplaceAsync(name, cancellationToken)
            : inner.QueryAsync(name, type, cancellationToken);

    private async ValueTask<DnsResponse> ReplaceAsync(string name, CancellationToken cancellationToken)
    {
        DnsResponse published = await inner.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        IEnumerable<DnsRecord> others = published.Records.Where(each => each is TxtRecord txt && !SpfRecord.IsSpf(txt.Text));
        return new DnsResponse(name, DnsRecordType.TXT, DnsStatus.NoError)
        {
            Records = [.. others, new TxtRecord(domain, 0, Split(Encoding.UTF8.GetBytes(record)))],
            Server = published.Server,
        };
    }

    private static PrintableList<byte[]> Split(byte[] bytes)
    {
        List<byte[]> parts = [];
        for (int start = 0; start < bytes.Length || parts.Count == 0; start += StringLength)
        {
            parts.Add(bytes.AsSpan(start, Math.Min(StringLength, bytes.Length - start)).ToArray());
        }

        return [.. parts];
    }
}
