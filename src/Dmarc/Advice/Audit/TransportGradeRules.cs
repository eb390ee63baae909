using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.MtaSts;

namespace Dmarc.Advice.Audit;

/// <summary>Limits the grade by the security of mail transport to the domain.</summary>
internal static class TransportGradeRules
{
    /// <summary>A mail exchange does not exist, or none can accept mail.</summary>
    public static GradeVerdict? MxDangling(MailDomainResult domain)
    {
        if (domain.Mx?.Hosts.FirstOrDefault(IsDangling) is not { } host)
        {
            return null;
        }

        GradeVerdict verdict = GradeVerdict.Of(nameof(MxDangling), MailDomainGrade.C, domain, host.Name);
        Finding? address = host.Status != PartStatus.Invalid ? null
            : domain.Mx.Findings.FirstOrDefault(finding => finding.Code == MxFindings.HostIsAddress.Code);
        return address is null ? verdict : verdict with { Reason = address.Message, Remedy = address.Remedy };
    }

    /// <summary>A domain without mail lacks a null MX (RFC 7505); one that receives reports accepts mail.</summary>
    public static GradeVerdict? NullMx(MailDomainResult domain) =>
        domain is { Profile: SendingProfile.Parked, Mx.Status: PartStatus.NotFound } && !TakesReports(domain)
        ? GradeVerdict.Of(nameof(NullMx), domain.Mx!.IsImplicit == true ? MailDomainGrade.B : null, domain) with
        {
            RecordName = domain.Domain,
            RecordType = "MX",
            RecordValue = "0 .",
        }
        : null;

    /// <summary>Incoming mail can be read or diverted in transit, without MTA-STS and DANE.</summary>
    public static GradeVerdict? TransportOpen(MailDomainResult domain) =>
        TakesMailUnprotected(domain) && domain.MtaStsStatus == PartStatus.NotFound
            ? GradeVerdict
                .Of(
                    nameof(TransportOpen),
                    MailDomainGrade.B,
                    domain,
                    string.Join(
                        ", ", domain.Mx!.Hosts.Where(host => !IsDangling(host)).Select(host => "mx: " + host.Name)))
                .WithText("_mta-sts." + domain.Domain, domain.MtaSts!.ProposedRecord)
            : null;

    /// <summary>An MTA-STS record exists, but senders cannot use it or its policy.</summary>
    public static GradeVerdict? MtaStsBroken(MailDomainResult domain) =>
        TakesMailUnprotected(domain) && domain.MtaStsStatus is PartStatus.Multiple or PartStatus.Invalid or PartStatus.Unreachable
            ? GradeVerdict.Of(
                nameof(MtaStsBroken),
                MailDomainGrade.B,
                domain,
                domain.MtaStsStatus,
                GradeVerdict.Worst(domain.MtaSts!.Findings)?.Message,
                GradeVerdict.Worst(domain.MtaSts.Findings)?.Remedy)
            : null;

    /// <summary>The MTA-STS policy exists but is not enforced.</summary>
    public static GradeVerdict? MtaStsNotEnforced(MailDomainResult domain) =>
        domain is { MtaSts: { Mode: MtaStsMode.Testing or MtaStsMode.None } policy, Profile: not SendingProfile.Parked }
            && LacksDane(domain)
            ? GradeVerdict.Of(nameof(MtaStsNotEnforced), MailDomainGrade.B, domain, policy.Mode == MtaStsMode.Testing ? "testing" : "none")
            : null;

    /// <summary>The enforced MTA-STS policy blocks mail to a mail exchange.</summary>
    public static GradeVerdict? MtaStsBlocksMail(MailDomainResult domain) =>
        domain.MtaSts is { Mode: MtaStsMode.Enforce, UnmatchedHosts.Count: > 0 } policy
            ? GradeVerdict.Of(nameof(MtaStsBlocksMail), MailDomainGrade.C, domain, policy.UnmatchedHosts[0])
            : null;

    /// <summary>TLS failures are not reported to anyone.</summary>
    public static GradeVerdict? TlsRptMissing(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && domain.TlsRptStatus is PartStatus.NotFound or PartStatus.Invalid or PartStatus.Multiple
            ? GradeVerdict.Of(nameof(TlsRptMissing), null, domain)
                .WithText("_smtp._tls." + domain.Domain, "v=TLSRPTv1; rua=mailto:tls-reports@" + domain.Domain)
            : null;

    private static bool IsDangling(MxHost host) => host.Status is PartStatus.NotFound or PartStatus.Invalid;

    /// <summary>True if a record sends reports to its domain, which arrive even without MX (RFC 5321 §5.1).</summary>
    private static bool TakesReports(MailDomainResult domain) => domain.Mx?.IsImplicit == true
        && (domain.Dmarc?.ParsedRecord is { } record ? record.AggregateReportUris.Concat(record.FailureReportUris) : [])
            .Any(uri => uri is { IsValid: true, Scheme: "mailto", Host: { } host } && host.ToString() == domain.Domain);

    /// <summary>True if hosts without DANE protection accept mail.</summary>
    private static bool TakesMailUnprotected(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && LacksDane(domain);

    /// <summary>True if DANE is known to protect no mail; a failed or omitted look-up leaves this unknown.</summary>
    private static bool LacksDane(MailDomainResult domain) => domain.DaneStatus is PartStatus.NotFound or PartStatus.Invalid;
}
