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
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>
/// A whole domain as mail sees it. The first properties are flat, so that a CSV of many domains can be read; the parts with all their
/// details come after them, and are null if they were left out.
/// </summary>
public sealed record MailDomainResult
{
    /// <summary>The domain, in its A-label form; the input as given where it is no domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>How the look at the domain ended.</summary>
    public required MailDomainStatus Status { get; init; }

    /// <summary>
    /// How the first look-up failed that did, the parts in the order of <see cref="FailedParts"/>; null if all were answered.
    /// </summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>How well the domain is protected from being misused.</summary>
    public MailDomainGrade Grade { get; init; } = MailDomainGrade.Unknown;

    /// <summary>What the domain is used for.</summary>
    public SendingProfile Profile { get; init; }

    /// <summary>How that is known, in a sentence.</summary>
    public string ProfileReason { get; init; } = "";

    /// <summary>Whether there are mail exchanges.</summary>
    public PartStatus MxStatus => Mx?.Status ?? PartStatus.NotChecked;

    /// <summary>The mail exchanges, the preferred ones first.</summary>
    public PrintableList<string> MxHost => Mx is null ? PrintableList<string>.Empty : Mx.Hosts.Select(host => host.Name).ToPrintableList();

    /// <summary>The services that the mail exchanges belong to.</summary>
    public PrintableList<string> MxProvider => Mx?.Providers ?? PrintableList<string>.Empty;

    /// <summary>What was found where the SPF record should be; null if that was left out.</summary>
    public SpfRecordStatus? SpfStatus => Spf?.Status;

    /// <summary>
    /// What the SPF record comes to: <see cref="SpfStatus"/>, but for a record that receivers cannot interpret the limit that it exceeds,
    /// such as <c>14 of 10 look-ups</c>, or <c>PermError</c>, and <c>TempError</c> if a look-up for one of its terms failed; empty if SPF was
    /// left out.
    /// </summary>
    public string SpfOutcome => Spf?.Outcome ?? "";

    /// <summary>The SPF record; empty if there is none; null if that is not known.</summary>
    public string? SpfRecord => Spf is null ? "" : Spf.Record;

    /// <summary>How the SPF record ends, such as <c>-all</c>; empty if it has no <c>all</c>; null if that is not known.</summary>
    public string? SpfAll => Spf is null ? "" : Spf.All;

    /// <summary>Whether receivers can interpret the SPF record, as <see cref="SpfResult.IsValid"/> says it: <see cref="DBNull"/> if that is not known.</summary>
    public object SpfIsValid => Spf?.IsValid ?? DBNull.Value;

    /// <summary>The most DNS look-ups that receivers need for the SPF record; null if a look-up failed or SPF was left out.</summary>
    public int? SpfLookupCount => Spf?.LookupCount;

    /// <summary>What the search for the DMARC record ended with; null if that was left out.</summary>
    public DmarcRecordStatus? DmarcStatus => Dmarc?.Status;

    /// <summary>The DMARC record that applies; empty if none does; null if that is not known.</summary>
    public string? DmarcRecord => Dmarc?.Record ?? WithoutDmarc;

    /// <summary>The domain whose DMARC record applies; empty if none does; null if that is not known.</summary>
    public string? DmarcRecordDomain => Dmarc?.RecordDomain ?? WithoutDmarc;

    /// <summary>What receivers apply to mail of the domain that fails DMARC; null if no record applies.</summary>
    public DmarcPolicy? DmarcPolicy => Dmarc?.EffectivePolicy;

    /// <summary>The Organizational Domain; null if it is not known; empty if DMARC was left out.</summary>
    public string? OrganizationalDomain => Dmarc?.OrganizationalDomain ?? WithoutDmarc;

    /// <summary>Whether there are DKIM keys that signatures can pass with, as far as selectors are known.</summary>
    public PartStatus DkimStatus { get; init; }

    /// <summary>The selectors that have keys.</summary>
    public PrintableList<string> DkimSelector =>
        Dkim.Where(key => key is { Selector.Length: > 0, Record: not null }).Select(key => key.Selector).ToPrintableList();

    /// <summary>
    /// The selectors that were looked for, so that a later look with others is not taken for a change; the last one is <c>*</c> if a
    /// wildcard would have been found too, and the only one where DNS said that there is none at all (RFC 8020).
    /// </summary>
    public PrintableList<string> DkimSelectorTried { get; init; } = PrintableList<string>.Empty;

    /// <summary>Whether there is an MTA-STS policy.</summary>
    public PartStatus MtaStsStatus => MtaSts?.Status ?? PartStatus.NotChecked;

    /// <summary>What the MTA-STS policy asks of senders; null if there is none, or it was not fetched.</summary>
    public MtaStsMode? MtaStsMode => MtaSts?.Mode;

    /// <summary>Whether there is a TLS reporting record.</summary>
    public PartStatus TlsRptStatus => TlsRpt?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether there is a BIMI record.</summary>
    public PartStatus BimiStatus => Bimi?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether the mail exchanges have TLSA records that count.</summary>
    public PartStatus DaneStatus => Dane?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether the mail exchanges offer TLS with nothing wrong about it.</summary>
    public PartStatus TlsStatus => Tls?.Status ?? PartStatus.NotChecked;

    /// <summary>Whether DNSSEC protects the domain, as far as the resolver says.</summary>
    public DnssecState Dnssec { get; init; }

    /// <summary>Whether the addresses of the mail exchanges have names that lead back.</summary>
    public PartStatus ReverseDnsStatus { get; init; }

    /// <summary>The parts of which something is not known, because a look-up failed.</summary>
    public PrintableList<MailDomainPart> FailedParts { get; init; } = PrintableList<MailDomainPart>.Empty;

    /// <summary>How many findings are errors.</summary>
    public int ErrorCount => Findings.Count(finding => finding.Severity == Severity.Error);

    /// <summary>How many findings are warnings; null if nothing is known of the domain, because the look-ups failed.</summary>
    public int? WarningCount => Status == MailDomainStatus.DnsFailure ? null : Findings.Count(finding => finding.Severity == Severity.Warning);

    /// <summary>Why the grade is no better; empty for the best.</summary>
    public PrintableList<GradeReason> GradeReasons { get; init; } = PrintableList<GradeReason>.Empty;

    /// <summary>What helps most, at most three things.</summary>
    public PrintableList<MailDomainStep> NextSteps { get; init; } = PrintableList<MailDomainStep>.Empty;

    /// <summary>The rules for bulk senders, as far as DNS can answer them; empty if none were asked for.</summary>
    public PrintableList<BulkSenderRuleResult> BulkSenderRules { get; init; } = PrintableList<BulkSenderRuleResult>.Empty;

    /// <summary>What is wrong with any part, the most severe first.</summary>
    public PrintableList<MailDomainFinding> Findings { get; init; } = PrintableList<MailDomainFinding>.Empty;

    /// <summary>The mail exchanges.</summary>
    public MxResult? Mx { get; init; }

    /// <summary>The SPF record with what it includes; the terms of an included record stand behind the include in the same list.</summary>
    public SpfResult? Spf { get; init; }

    /// <summary>The DMARC record.</summary>
    public DmarcRecordResult? Dmarc { get; init; }

    /// <summary>The DKIM keys that were found, or what the search for them came to.</summary>
    public PrintableList<DkimKeyResult> Dkim { get; init; } = PrintableList<DkimKeyResult>.Empty;

    /// <summary>MTA-STS.</summary>
    public MtaStsResult? MtaSts { get; init; }

    /// <summary>TLS reporting.</summary>
    public TlsRptResult? TlsRpt { get; init; }

    /// <summary>BIMI.</summary>
    public BimiResult? Bimi { get; init; }

    /// <summary>DANE.</summary>
    public DaneResult? Dane { get; init; }

    /// <summary>The encryption that the mail exchanges offer.</summary>
    public TlsResult? Tls { get; init; }

    /// <summary>The parts that were looked at.</summary>
    public PrintableList<MailDomainPart> CheckedParts { get; init; } = PrintableList<MailDomainPart>.Empty;

    /// <summary>Stands for what only a DMARC record tells, where none was found: null if a look-up failed, else empty.</summary>
    private string? WithoutDmarc => Dmarc is { Status: DmarcRecordStatus.DnsFailure } ? null : "";

    /// <summary>The result for an input that is no domain name, so that no row of a list is lost.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is no domain name, as <see cref="Domains.DomainInput.TryRead"/> says it.</param>
    public static MailDomainResult ForInvalidDomainName(string? input, string error) => new()
    {
        Domain = input ?? "",
        Status = MailDomainStatus.InvalidDomainName,
        Findings = [new MailDomainFinding(MailDomainPart.None, input ?? "", MailDomainFindings.DomainInvalidName.Create(error))],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
    public static MailDomainResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Status = MailDomainStatus.UnexpectedError,
        Findings = [new MailDomainFinding(MailDomainPart.None, domain, UnexpectedFindings.Error.Create(error))],
    };

    /// <summary>The domain and its grade.</summary>
    public override string ToString() => Domain + ": " + (Status == MailDomainStatus.Complete || Grade != MailDomainGrade.Unknown ? Grade.ToString() : Status.ToStatusText(DnsFailure));
}
