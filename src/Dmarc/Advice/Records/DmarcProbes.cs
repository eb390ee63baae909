using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The answers from names that no receiver queries, but where misplaced records occur.</summary>
/// <param name="Apex">The TXT records of the domain itself.</param>
/// <param name="Doubled">
/// The names created by consoles that add part of the name again, such as <c>_dmarc._dmarc.</c>
/// </param>
/// <param name="Wildcard">A non-existent name below the domain.</param>
internal sealed record DmarcProbes(DnsResponse Apex, PrintableList<DnsResponse> Doubled, DnsResponse Wildcard)
{
    public static async Task<DmarcProbes> AskAsync(
        IDnsResolver resolver, DomainName domain, string? wildcardLabel, CancellationToken cancellationToken)
    {
        string label = wildcardLabel ?? "wildcard-test-" + Guid.NewGuid().ToString("N").Substring(0, 12);
        Task<DnsResponse> apex = Ask(domain.ToString());
        Task<DnsResponse> twice = Ask("_dmarc._dmarc." + domain);
        Task<DnsResponse> appended = Ask("_dmarc." + domain + "." + domain);
        Task<DnsResponse> wildcard = Ask("_dmarc." + label + "." + domain);
        return new DmarcProbes(
            await apex.ConfigureAwait(false),
            [await twice.ConfigureAwait(false), await appended.ConfigureAwait(false)],
            await wildcard.ConfigureAwait(false));

        // A name too long for DNS yields Malformed without a query, and proves nothing.
        Task<DnsResponse> Ask(string name) => resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).AsTask();
    }

    /// <summary>The first DMARC record of an answer; null if there is none.</summary>
    public static string? FindRecord(DnsResponse? response) => response?.Records.OfType<TxtRecord>()
        .FirstOrDefault(record => DmarcRecordParser.IsDmarcRecord(record.Text))?.Text;
}
