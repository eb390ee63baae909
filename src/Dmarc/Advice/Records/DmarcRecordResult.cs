using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Which DMARC record applies to a domain, what it says, and how it was found.</summary>
public sealed record DmarcRecordResult
{
    /// <summary>The domain that was asked about, in its A-label form; the input as given where it is no domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>What the search ended with.</summary>
    public required DmarcRecordStatus Status { get; init; }

    /// <summary>
    /// How the look-up failed that decides, if the status is DnsFailure. With any other status how the one failed that leaves something
    /// open beside the record: whether the domain exists, or which its Organizational Domain is. Null if nothing is open.
    /// </summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain whose record applies: the domain itself or one above it; null if none does.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The record that applies, as published; null if none does. Of several, the first.</summary>
    public string? Record => ParsedRecord?.Text;

    /// <summary>Tag p of the record; null if it is absent or not valid.</summary>
    public DmarcPolicy? Policy => ParsedRecord?.Policy;

    /// <summary>What receivers apply to subdomains without a record of their own, before test mode: sp, or else p; none if a policy of the record is not valid and it has a rua (RFC 9989 §4.10.1); null if no record applies.</summary>
    public DmarcPolicy? SubdomainPolicy => BelowDomain(ParsedRecord?.SubdomainPolicy ?? ParsedRecord?.Policy);

    /// <summary>The same for subdomains that do not exist: np, or else sp, or else p.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy => BelowDomain(ParsedRecord?.NonexistentSubdomainPolicy ?? ParsedRecord?.SubdomainPolicy ?? ParsedRecord?.Policy);

    /// <summary>What receivers apply to mail of the domain that fails: p, sp or np as it applies, one level down in test mode; null if none does.</summary>
    public DmarcPolicy? EffectivePolicy { get; init; }

    /// <summary>The tag that <see cref="EffectivePolicy"/> comes from: p, sp or np; null if none applies, or that is not known.</summary>
    public string? PolicyTag { get; init; }

    /// <summary>Tag t: true asks for the policy one level below the one published; null if there is no record, or it is not known.</summary>
    public bool? Testing => ParsedRecord?.Testing;

    /// <summary>The historic tag pct, from 0 to 100; 100 if the record has none; null if there is no record, or it is not known.</summary>
    public int? Percentage => ParsedRecord?.Percentage;

    /// <summary>Tag adkim, relaxed if the record has none; null if there is no record, or it is not known.</summary>
    public AlignmentMode? DkimAlignment => ParsedRecord?.DkimAlignment;

    /// <summary>Tag aspf, relaxed if the record has none; null if there is no record, or it is not known.</summary>
    public AlignmentMode? SpfAlignment => ParsedRecord?.SpfAlignment;

    /// <summary>Tag rua: where aggregate reports are to go.</summary>
    public PrintableList<string> AggregateReportUri => Texts(ParsedRecord?.AggregateReportUris);

    /// <summary>Tag ruf: where failure reports are to go.</summary>
    public PrintableList<string> FailureReportUri => Texts(ParsedRecord?.FailureReportUris);

    /// <summary>Tag fo: when failure reports are asked for; null if there is no record, or it is not known.</summary>
    public FailureReportOptions? FailureOptions => ParsedRecord?.FailureOptions;

    /// <summary>The Organizational Domain of the domain; null if it is not known because a look-up failed.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>True if the domain exists in DNS, false if the answer is NXDOMAIN; null if that is not known.</summary>
    public bool? DomainExists => Discovery?.DomainExists;

    /// <summary>How the record was looked for.</summary>
    public DiscoveryMethod DiscoveryMethod { get; init; }

    /// <summary>The names asked, in the order of the standard and up to where it stops.</summary>
    public PrintableList<DmarcWalkStep> Walk => Discovery?.Walk ?? PrintableList<DmarcWalkStep>.Empty;

    /// <summary>The destinations of reports that belong to other organisations.</summary>
    public PrintableList<DmarcReportAuthorization> ReportAuthorization { get; init; } = PrintableList<DmarcReportAuthorization>.Empty;

    /// <summary>What is wrong, what could be better, and what to do.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>False if no address in rua can receive reports; null if that is not known. A domain without MX may still have a server at its address.</summary>
    internal bool? AggregateReportsCome { get; init; }

    /// <summary>How the look-up failed that would have told that; null unless it is not known.</summary>
    internal DnsFailure? ReportFailure { get; init; }

    /// <summary>Where an address for reports can be proposed, because mail may arrive there; null if none is known, or nobody asked.</summary>
    internal DomainName? ReportDomain { get; init; }

    /// <summary>True if it is known that neither the domain nor the one of its record nor the Organizational Domain takes mail.</summary>
    internal bool LacksReportDomain { get; init; }

    /// <summary>What the search found; null if a text was given, or there was no search.</summary>
    internal DmarcDiscovery? Discovery { get; init; }

    /// <summary>The record read; null if none applies.</summary>
    internal DmarcRecord? ParsedRecord { get; init; }

    /// <summary>The result for an input that is no domain name.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is no domain name, as <see cref="Domains.DomainInput.TryRead"/> says it.</param>
    public static DmarcRecordResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Status = DmarcRecordStatus.InvalidDomainName,
        Findings = [DmarcFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
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

    /// <summary>What receivers apply below the domain: a record with a policy that is not valid is treated as p=none, or ignored (RFC 9989 §4.10.1).</summary>
    private DmarcPolicy? BelowDomain(DmarcPolicy? written) =>
        ParsedRecord?.IsUsableUnder(DiscoveryMethod) != true ? null
        : ParsedRecord.HasFaultyPolicyUnder(DiscoveryMethod) ? DmarcPolicy.None
        : written;
}
