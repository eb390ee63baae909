using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The answers from names that no receiver queries, but where misplaced records occur.</summary>
internal sealed record DmarcProbes
{
    /// <summary>The TXT records of the domain itself; null if not queried.</summary>
    public DnsResponse? Apex { get; init; }

    /// <summary>The names created by consoles that add part of the name again, such as <c>_dmarc._dmarc.</c></summary>
    public PrintableList<DnsResponse> Doubled { get; init; } = PrintableList<DnsResponse>.Empty;

    /// <summary>A non-existent name below the domain; null if not queried.</summary>
    public DnsResponse? Wildcard { get; init; }

    public static async Task<DmarcProbes> AskAsync(
        IDnsResolver resolver,
        DomainName domain,
        string? wildcardLabel,
        CancellationToken cancellationToken)
    {
        string label = wildcardLabel ?? "wildcard-test-" + Guid.NewGuid().ToString("N").Substring(0, 12);
        Task<DnsResponse> apex = Ask(domain.ToString());
        Task<DnsResponse> twice = Ask("_dmarc._dmarc." + domain);
        Task<DnsResponse> appended = Ask("_dmarc." + domain + "." + domain);
        Task<DnsResponse> wildcard = Ask("_dmarc." + label + "." + domain);
        return new DmarcProbes
        {
            Apex = await apex.ConfigureAwait(false),
            Doubled = [await twice.ConfigureAwait(false), await appended.ConfigureAwait(false)],
            Wildcard = await wildcard.ConfigureAwait(false),
        };

        // A name too long for DNS yields Malformed without a query, and proves nothing.
        Task<DnsResponse> Ask(string name) => resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).AsTask();
    }

    /// <summary>The first DMARC record of an answer; null if there is none.</summary>
    public static string? FindRecord(DnsResponse? response)
    {
        if (response is null)
        {
            return null;
        }

        foreach (DnsRecord record in response.Records)
        {
            if (record is TxtRecord txt && DmarcRecordParser.IsDmarcRecord(txt.Text))
            {
                return txt.Text;
            }
        }

        return null;
    }
}
