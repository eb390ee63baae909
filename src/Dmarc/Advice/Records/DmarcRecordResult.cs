using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The DMARC record that applies to a domain, its content, and how it was found.</summary>
public sealed record DmarcRecordResult
{
    /// <summary>The domain, in its A-label form; the input if it is not a domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>The status of the search.</summary>
    public required DmarcRecordStatus Status { get; init; }

    /// <summary>
    /// The failure of the deciding look-up if the status is DnsFailure; otherwise of a look-up that leaves a fact open:
    /// whether the domain exists, or its Organizational Domain. Null if nothing is open.
    /// </summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain of the applicable record: the domain itself or one above it; null if none applies.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The applicable record, as published, the first if there are several; null if none applies.</summary>
    public string? Record => ParsedRecord?.Text;

    /// <summary>Tag p of the record; null if absent or invalid.</summary>
    public DmarcPolicy? Policy => ParsedRecord?.Policy;

    /// <summary>
    /// The policy for existing subdomains, before test mode: sp or p; none if invalid with rua (RFC 9989 §4.10.1), or
    /// null.
    /// </summary>
    public DmarcPolicy? SubdomainPolicy => BelowDomain(ParsedRecord?.SubdomainPolicy ?? ParsedRecord?.Policy);

    /// <summary>The same for non-existent subdomains: np, sp or p.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy =>
        BelowDomain(ParsedRecord?.NonexistentSubdomainPolicy ?? ParsedRecord?.SubdomainPolicy ?? ParsedRecord?.Policy);

    /// <summary>The policy for the domain's failing mail: p, sp or np, one level down in test mode, or null.</summary>
    public DmarcPolicy? EffectivePolicy { get; init; }

    /// <summary>The tag of <see cref="EffectivePolicy"/>: p, sp or np; null if none applies or unknown.</summary>
    public string? PolicyTag { get; init; }

    /// <summary>Tag t: true requests the policy one level below the published one; null if no record known.</summary>
    public bool? Testing => ParsedRecord?.Testing;

    /// <summary>The historic tag pct, from 0 to 100; by default 100; null if no record is known.</summary>
    public int? Percentage => ParsedRecord?.Percentage;

    /// <summary>Tag adkim, by default relaxed; null if no record is known.</summary>
    public AlignmentMode? DkimAlignment => ParsedRecord?.DkimAlignment;

    /// <summary>Tag aspf, by default relaxed; null if no record is known.</summary>
    public AlignmentMode? SpfAlignment => ParsedRecord?.SpfAlignment;

    /// <summary>Tag rua: the destinations of aggregate reports.</summary>
    public PrintableList<string> AggregateReportUri => Texts(ParsedRecord?.AggregateReportUris);

    /// <summary>Tag ruf: the destinations of failure reports.</summary>
    public PrintableList<string> FailureReportUri => Texts(ParsedRecord?.FailureReportUris);

    /// <summary>Tag fo: when failure reports are requested; null if no record is known.</summary>
    public FailureReportOptions? FailureOptions => ParsedRecord?.FailureOptions;

    /// <summary>The Organizational Domain; null if unknown because a look-up failed.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>True if the domain exists in DNS, false for NXDOMAIN; null if unknown.</summary>
    public bool? DomainExists => Discovery?.DomainExists;

    /// <summary>The discovery method.</summary>
    public DiscoveryMethod DiscoveryMethod { get; init; }

    /// <summary>The queried names, in the order of the standard and up to its end.</summary>
    public PrintableList<DmarcWalkStep> Walk => Discovery?.Walk ?? PrintableList<DmarcWalkStep>.Empty;

    /// <summary>The report destinations in other organisations.</summary>
    public PrintableList<DmarcReportAuthorization> ReportAuthorization { get; init; } = PrintableList<DmarcReportAuthorization>.Empty;

    /// <summary>Problems, possible improvements, and remedies.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>
    /// False if no rua address can receive reports, null if unknown. A domain without MX may have a server.
    /// </summary>
    internal bool? AggregateReportsCome { get; init; }

    /// <summary>The failed look-up that leaves this unknown; otherwise null.</summary>
    internal DnsFailure? ReportFailure { get; init; }

    /// <summary>The domain for a proposed report address, which accepts mail; null if none is known.</summary>
    internal DomainName? ReportDomain { get; init; }

    /// <summary>True if neither the domain, the record's domain nor the Organizational Domain accepts mail.</summary>
    internal bool LacksReportDomain { get; init; }

    /// <summary>The search result; null for a given text, or without a search.</summary>
    internal DmarcDiscovery? Discovery { get; init; }

    /// <summary>The parsed record; null if none applies.</summary>
    internal DmarcRecord? ParsedRecord { get; init; }

    /// <summary>The result for an invalid domain name.</summary>
    /// <param name="input">The input.</param>
    /// <param name="error">Why it is not a domain name, by <see cref="Domains.DomainInput.TryRead"/>.</param>
    public static DmarcRecordResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Status = DmarcRecordStatus.InvalidDomainName,
        Findings = [DmarcFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">The error in a sentence.</param>
    public static DmarcRecordResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Status = DmarcRecordStatus.UnexpectedError,
        Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }],
    };

    /// <summary>The domain, the status and the record.</summary>
    public override string ToString() => Record is null ? Domain + ": " + Status.ToStatusText(DnsFailure) : Domain + ": " + Record;

    private static PrintableList<string> Texts(PrintableList<DmarcReportUri>? uris) =>
        uris is null ? PrintableList<string>.Empty : uris.Select(uri => uri.Text).ToPrintableList();

    /// <summary>The policy below the domain: invalid ones count as p=none or are ignored (RFC 9989 §4.10.1).</summary>
    private DmarcPolicy? BelowDomain(DmarcPolicy? written) =>
        ParsedRecord?.IsUsableUnder(DiscoveryMethod) != true ? null
        : ParsedRecord.HasFaultyPolicyUnder(DiscoveryMethod) ? DmarcPolicy.None
        : written;
}
