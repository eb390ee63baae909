using Dmarc.Advice.Audit.Tls;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dane;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Standards.TlsReporting;

namespace Dmarc.Advice.Audit;

/// <summary>
/// The audit of a whole domain. The first properties are flat, so that a CSV of many domains is readable; the detailed
/// parts follow, and are null if skipped.
/// </summary>
public sealed record MailDomainResult
{
    /// <summary>The domain, in its A-label form; the input if it is not a domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>The status of the audit.</summary>
    public required MailDomainStatus Status { get; init; }

    /// <summary>The first failed look-up, in the order of <see cref="FailedParts"/>; null if all succeeded.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>How well the domain is protected from misuse.</summary>
    public MailDomainGrade Grade { get; init; } = MailDomainGrade.Unknown;

    /// <summary>The use of the domain.</summary>
    public SendingProfile Profile { get; init; }

    /// <summary>The basis of the profile, in a sentence.</summary>
    public string ProfileReason { get; init; } = "";

    /// <summary>Whether there are mail exchanges.</summary>
    public PartStatus MxStatus => Mx?.Status ?? PartStatus.NotChecked;

    /// <summary>The mail exchanges, most preferred first.</summary>
    public PrintableList<string> MxHost => Mx is null ? PrintableList<string>.Empty : Mx.Hosts.Select(host => host.Name).ToPrintableList();

    /// <summary>The services of the mail exchanges.</summary>
    public PrintableList<string> MxProvider => Mx?.Providers ?? PrintableList<string>.Empty;

    /// <summary>The status of the SPF record; null if skipped.</summary>
    public SpfRecordStatus? SpfStatus => Spf?.Status;

    /// <summary>
    /// The outcome for the SPF record: <see cref="SpfStatus"/>, except for a record that receivers cannot interpret:
    /// the exceeded limit, such as <c>14 of 10 look-ups</c>, or <c>PermError</c>; and <c>TempError</c> if a look-up for
    /// a term failed. Empty if SPF was skipped.
    /// </summary>
    public string SpfOutcome => Spf?.Outcome ?? "";

    /// <summary>The SPF record; empty if there is none; null if unknown.</summary>
    public string? SpfRecord => Spf is null ? "" : Spf.Record;

    /// <summary>The end of the SPF record, such as <c>-all</c>; may be empty; null if unknown.</summary>
    public string? SpfAll => Spf is null ? "" : Spf.All;

    /// <summary>The <see cref="SpfResult.IsValid"/> of the SPF record; <see cref="DBNull"/> if unknown.</summary>
    public object SpfIsValid => Spf?.IsValid ?? DBNull.Value;

    /// <summary>The maximum number of SPF look-ups; null if a look-up failed or SPF was skipped.</summary>
    public int? SpfLookupCount => Spf?.LookupCount;

    /// <summary>The status of the search for the DMARC record; null if skipped.</summary>
    public DmarcRecordStatus? DmarcStatus => Dmarc?.Status;

    /// <summary>The applicable DMARC record; empty if there is none; null if unknown.</summary>
    public string? DmarcRecord => Dmarc?.Record ?? WithoutDmarc;

    /// <summary>The domain of the applicable DMARC record; empty if there is none; null if unknown.</summary>
    public string? DmarcRecordDomain => Dmarc?.RecordDomain ?? WithoutDmarc;

    /// <summary>The policy that receivers apply to mail that fails DMARC; null if no record applies.</summary>
    public DmarcPolicy? DmarcPolicy => Dmarc?.EffectivePolicy;

    /// <summary>The Organizational Domain; null if unknown; empty if DMARC was skipped.</summary>
    public string? OrganizationalDomain => Dmarc?.OrganizationalDomain ?? WithoutDmarc;

    /// <summary>Whether there are usable DKIM keys, as far as selectors are known.</summary>
    public PartStatus DkimStatus { get; init; }

    /// <summary>The selectors with keys.</summary>
    public PrintableList<string> DkimSelector =>
        Dkim.Where(key => key is { Selector.Length: > 0, Record: not null }).Select(key => key.Selector).ToPrintableList();

    /// <summary>
    /// The selectors tried, so that a later audit with others does not report changes; the last one is <c>*</c> if a
    /// wildcard would have been found too, and the only one if DNS reported that there is none at all (RFC 8020).
    /// </summary>
    public PrintableList<string> DkimSelectorTried { get; init; } = PrintableList<string>.Empty;

    /// <summary>Whether there is an MTA-STS policy.</summary>
    public PartStatus MtaStsStatus => MtaSts?.Status ?? PartStatus.NotChecked;

    /// <summary>The mode of the MTA-STS policy; null if there is none, or it was not fetched.</summary>
    public MtaStsMode? MtaStsMode => MtaSts?.Mode;

    /// <summary>Whether there is a TLS reporting record.</summary>
    public PartStatus TlsRptStatus => TlsRpt?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether there is a BIMI record.</summary>
    public PartStatus BimiStatus => Bimi?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether the mail exchanges have effective TLSA records.</summary>
    public PartStatus DaneStatus => Dane?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether the mail exchanges offer TLS without a problem.</summary>
    public PartStatus TlsStatus => Tls?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether DNSSEC protects the domain, according to the resolver.</summary>
    public DnssecState Dnssec { get; init; }

    /// <summary>Whether the mail exchanges' addresses have forward-confirmed names.</summary>
    public PartStatus ReverseDnsStatus { get; init; }

    /// <summary>The parts with unknown data because of a failed look-up.</summary>
    public PrintableList<MailDomainPart> FailedParts { get; init; } = PrintableList<MailDomainPart>.Empty;

    /// <summary>The number of errors among the findings.</summary>
    public int ErrorCount => Findings.Count(finding => finding.Severity == Severity.Error);

    /// <summary>The number of warnings among the findings; null if all look-ups failed.</summary>
    public int? WarningCount =>
        Status == MailDomainStatus.DnsFailure ? null : Findings.Count(finding => finding.Severity == Severity.Warning);

    /// <summary>Why the grade is not better; empty for the best grade.</summary>
    public PrintableList<GradeReason> GradeReasons { get; init; } = PrintableList<GradeReason>.Empty;

    /// <summary>The most effective steps, at most three.</summary>
    public PrintableList<MailDomainStep> NextSteps { get; init; } = PrintableList<MailDomainStep>.Empty;

    /// <summary>The bulk sender rules as far as DNS allows; empty if not requested.</summary>
    public PrintableList<BulkSenderRuleResult> BulkSenderRules { get; init; } = PrintableList<BulkSenderRuleResult>.Empty;

    /// <summary>The findings about all parts, most severe first.</summary>
    public PrintableList<MailDomainFinding> Findings { get; init; } = PrintableList<MailDomainFinding>.Empty;

    /// <summary>The mail exchanges.</summary>
    public MxResult? Mx { get; init; }

    /// <summary>The SPF record with its includes; included terms follow their include in the same list.</summary>
    public SpfResult? Spf { get; init; }

    /// <summary>The DMARC record.</summary>
    public DmarcRecordResult? Dmarc { get; init; }

    /// <summary>The DKIM keys, or the status of the search for them.</summary>
    public PrintableList<DkimKeyResult> Dkim { get; init; } = PrintableList<DkimKeyResult>.Empty;

    /// <summary>MTA-STS.</summary>
    public MtaStsResult? MtaSts { get; init; }

    /// <summary>TLS reporting.</summary>
    public TlsRptResult? TlsRpt { get; init; }

    /// <summary>BIMI.</summary>
    public BimiResult? Bimi { get; init; }

    /// <summary>DANE.</summary>
    public DaneResult? Dane { get; init; }

    /// <summary>The encryption offered by the mail exchanges.</summary>
    public TlsResult? Tls { get; init; }

    /// <summary>The checked parts.</summary>
    public PrintableList<MailDomainPart> CheckedParts { get; init; } = PrintableList<MailDomainPart>.Empty;

    /// <summary>The value of DMARC data if there is no record: null if a look-up failed, otherwise empty.</summary>
    private string? WithoutDmarc => Dmarc is { Status: DmarcRecordStatus.DnsFailure } ? null : "";

    /// <summary>The result for an invalid domain name, so that no row of a list is lost.</summary>
    /// <param name="input">The input.</param>
    /// <param name="error">Why it is not a domain name, by <see cref="Domains.DomainInput.TryRead"/>.</param>
    public static MailDomainResult ForInvalidDomainName(string? input, string error) => new()
    {
        Domain = input ?? "",
        Status = MailDomainStatus.InvalidDomainName,
        Findings = [new MailDomainFinding(MailDomainPart.None, input ?? "", MailDomainFindings.DomainInvalidName.Create(error))],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">The error in a sentence.</param>
    public static MailDomainResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Status = MailDomainStatus.UnexpectedError,
        Findings = [new MailDomainFinding(MailDomainPart.None, domain, UnexpectedFindings.Error.Create(error))],
    };

    /// <summary>The domain and its grade.</summary>
    public override string ToString() => Domain + ": " + (Status == MailDomainStatus.Complete || Grade != MailDomainGrade.Unknown
        ? Grade.ToString()
        : Status.ToStatusText(DnsFailure));
}
