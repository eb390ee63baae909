using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.MtaSts;
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>What the way of mail to the domain leaves of a grade.</summary>
internal static class TransportGradeRules
{
    /// <summary>A mail exchange does not exist, or none can take mail.</summary>
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

    /// <summary>A domain that takes no mail does not say so (RFC 7505). One that has reports sent to its own address takes mail.</summary>
    public static GradeVerdict? NullMx(MailDomainResult domain) => domain is { Profile: SendingProfile.Parked, Mx.Status: PartStatus.NotFound } && !TakesReports(domain)
        ? GradeVerdict.Of(nameof(NullMx), domain.Mx!.IsImplicit == true ? MailDomainGrade.B : null, domain) with
        {
            RecordName = domain.Domain,
            RecordType = "MX",
            RecordValue = "0 .",
        }
        : null;

    /// <summary>Incoming mail can be read or diverted on its way: there is neither MTA-STS nor DANE.</summary>
    public static GradeVerdict? TransportOpen(MailDomainResult domain) =>
        TakesMailUnprotected(domain) && domain.MtaStsStatus == PartStatus.NotFound
            ? GradeVerdict
                .Of(nameof(TransportOpen), MailDomainGrade.B, domain, string.Join(", ", domain.Mx!.Hosts.Where(host => !IsDangling(host)).Select(host => "mx: " + host.Name)))
                .WithText("_mta-sts." + domain.Domain, domain.MtaSts!.ProposedRecord)
            : null;

    /// <summary>There is an MTA-STS record, and senders cannot use it or the policy behind it.</summary>
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

    /// <summary>The MTA-STS policy is there and not in force.</summary>
    public static GradeVerdict? MtaStsNotEnforced(MailDomainResult domain) =>
        domain is { MtaSts: { Mode: MtaStsMode.Testing or MtaStsMode.None } policy, Profile: not SendingProfile.Parked } && LacksDane(domain)
            ? GradeVerdict.Of(nameof(MtaStsNotEnforced), MailDomainGrade.B, domain, policy.Mode == MtaStsMode.Testing ? "testing" : "none")
            : null;

    /// <summary>The MTA-STS policy that is in force keeps mail from a mail exchange.</summary>
    public static GradeVerdict? MtaStsBlocksMail(MailDomainResult domain) =>
        domain.MtaSts is { Mode: MtaStsMode.Enforce, UnmatchedHosts.Count: > 0 } policy
            ? GradeVerdict.Of(nameof(MtaStsBlocksMail), MailDomainGrade.C, domain, policy.UnmatchedHosts[0])
            : null;

    /// <summary>Nobody is told of trouble with TLS.</summary>
    public static GradeVerdict? TlsRptMissing(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && domain.TlsRptStatus is PartStatus.NotFound or PartStatus.Invalid or PartStatus.Multiple
            ? GradeVerdict.Of(nameof(TlsRptMissing), null, domain)
                .WithText("_smtp._tls." + domain.Domain, "v=TLSRPTv1; rua=mailto:tls-reports@" + domain.Domain)
            : null;

    private static bool IsDangling(MxHost host) => host.Status is PartStatus.NotFound or PartStatus.Invalid;

    /// <summary>True if a record of the domain itself has reports sent to it, which arrive at its address without an MX record (RFC 5321 §5.1).</summary>
    private static bool TakesReports(MailDomainResult domain) => domain.Mx?.IsImplicit == true
        && (domain.Dmarc?.ParsedRecord is { } record ? record.AggregateReportUris.Concat(record.FailureReportUris) : [])
            .Any(uri => uri is { IsValid: true, Scheme: "mailto", Host: { } host } && host.ToString() == domain.Domain);

    /// <summary>True if mail comes in by hosts that DANE does not protect.</summary>
    private static bool TakesMailUnprotected(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && LacksDane(domain);

    /// <summary>True if it is known that DANE protects no mail: a look-up that failed or was left out does not show that.</summary>
    private static bool LacksDane(MailDomainResult domain) => domain.DaneStatus is PartStatus.NotFound or PartStatus.Invalid;
}
