using Dmarc.Dns;
using Dmarc.Standards.MtaSts;

namespace Dmarc.Advice.Audit.Grades;

/// <summary>A mail exchange does not exist, or none can take mail.</summary>
internal sealed class MxDanglingRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Mx?.Hosts.FirstOrDefault(host => host.Status is PartStatus.NotFound or PartStatus.Invalid) is { } host
            ? Verdict(MailDomainGrade.C, domain, host.Name)
            : null;
}

/// <summary>A domain that takes no mail does not say so.</summary>
internal sealed class NullMxRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain is { Profile: SendingProfile.Parked, Mx.Status: PartStatus.NotFound }
            ? Verdict(domain.Mx!.IsImplicit == true ? MailDomainGrade.B : null, domain) with { RecordName = domain.Domain, RecordType = "MX", RecordValue = "0 ." }
            : null;
}

/// <summary>Mail on its way in can be read or led astray: there is neither MTA-STS nor DANE.</summary>
internal sealed class TransportOpenRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        TakesMailUnprotected(domain) && domain.MtaStsStatus == PartStatus.NotFound
            ? Verdict(MailDomainGrade.B, domain, string.Join(", ", domain.Mx!.Hosts.Select(host => "mx: " + host.Name)))
                .WithText("_mta-sts." + domain.Domain, "v=STSv1; id=1")
            : null;

    /// <summary>True where mail comes in by hosts that DANE does not protect.</summary>
    public static bool TakesMailUnprotected(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && LacksDane(domain);

    /// <summary>True where it is known that DANE protects no mail: a look-up that failed, or was left out, is no lack.</summary>
    public static bool LacksDane(MailDomainResult domain) => domain.DaneStatus is PartStatus.NotFound or PartStatus.Invalid;
}

/// <summary>There is an MTA-STS record, and senders cannot use it or the policy behind it.</summary>
internal sealed class MtaStsBrokenRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        TransportOpenRule.TakesMailUnprotected(domain) && domain.MtaStsStatus is PartStatus.Multiple or PartStatus.Invalid or PartStatus.Unreachable
            ? Verdict(MailDomainGrade.B, domain, domain.MtaStsStatus, Worst(domain.MtaSts!.Findings)?.Message, Worst(domain.MtaSts.Findings)?.Remedy)
            : null;
}

/// <summary>The MTA-STS policy is there and not in force.</summary>
internal sealed class MtaStsNotEnforcedRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain is { MtaSts: { Mode: MtaStsMode.Testing or MtaStsMode.None } policy, Profile: not SendingProfile.Parked } && TransportOpenRule.LacksDane(domain)
            ? Verdict(MailDomainGrade.B, domain, policy.Mode == MtaStsMode.Testing ? "testing" : "none")
            : null;
}

/// <summary>The MTA-STS policy that is in force keeps mail from a mail exchange.</summary>
internal sealed class MtaStsBlocksMailRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.MtaSts is { Mode: MtaStsMode.Enforce, UnmatchedHosts.Count: > 0 } policy
            ? Verdict(MailDomainGrade.C, domain, policy.UnmatchedHosts[0])
            : null;
}

/// <summary>Trouble with TLS is reported to nobody.</summary>
internal sealed class TlsRptMissingRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Profile != SendingProfile.Parked
        && domain.Mx is { AcceptsMail: not false, Status: PartStatus.Found }
        && domain.TlsRptStatus is PartStatus.NotFound or PartStatus.Invalid or PartStatus.Multiple
            ? Verdict(null, domain).WithText("_smtp._tls." + domain.Domain, "v=TLSRPTv1; rua=mailto:tls-reports@" + domain.Domain)
            : null;
}
