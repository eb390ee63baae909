using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>
/// Grades a domain: the worst grade left by its rules, which <c>docs/grades.md</c> describes. A rule does not apply if
/// its part is unknown or was skipped.
/// </summary>
internal static class MailDomainGrader
{
    private const int MaximumSteps = 3;

    /// <summary>All rules; for equal grades, the step of the earlier rule comes first.</summary>
    public static readonly Rule<MailDomainResult, GradeVerdict>[] Rules =
    [
        Spf(nameof(SpfGradeRules.SpfPassesEveryone), SpfGradeRules.SpfPassesEveryone),
        Dmarc(nameof(DmarcGradeRules.DmarcMissing), DmarcGradeRules.DmarcMissing),
        Dmarc(nameof(DmarcGradeRules.DmarcPolicyNone), DmarcGradeRules.DmarcPolicyNone),
        Spf(nameof(SpfGradeRules.SpfMissing), SpfGradeRules.SpfMissing),
        Spf(nameof(SpfGradeRules.SpfBroken), SpfGradeRules.SpfBroken),
        Spf(nameof(SpfGradeRules.SpfOpenEnd), SpfGradeRules.SpfOpenEnd),
        Dmarc(nameof(DmarcGradeRules.DmarcPercentage), DmarcGradeRules.DmarcPercentage),
        Dmarc(nameof(DmarcGradeRules.DmarcSubdomains), DmarcGradeRules.DmarcSubdomains),
        new(nameof(TransportGradeRules.MxDangling), TransportGradeRules.MxDangling),
        new(nameof(TransportGradeRules.MtaStsBlocksMail), TransportGradeRules.MtaStsBlocksMail),
        Dmarc(nameof(DmarcGradeRules.DmarcReports), DmarcGradeRules.DmarcReports),
        Dmarc(nameof(DmarcGradeRules.DmarcQuarantine), DmarcGradeRules.DmarcQuarantine),
        Spf(nameof(SpfGradeRules.SpfAllowsSomeone), SpfGradeRules.SpfAllowsSomeone),
        new(nameof(DkimGradeRules.DkimMissing), DkimGradeRules.DkimMissing),
        new(nameof(DkimGradeRules.DkimInvalid), DkimGradeRules.DkimInvalid),
        new(nameof(DkimGradeRules.DkimDangling), DkimGradeRules.DkimDangling),
        new(nameof(TransportGradeRules.NullMx), TransportGradeRules.NullMx),
        new(nameof(TransportGradeRules.TransportOpen), TransportGradeRules.TransportOpen),
        new(nameof(TransportGradeRules.MtaStsBroken), TransportGradeRules.MtaStsBroken),
        new(nameof(TransportGradeRules.MtaStsNotEnforced), TransportGradeRules.MtaStsNotEnforced),
        new(nameof(DkimGradeRules.DkimUnknown), DkimGradeRules.DkimUnknown),
        new(nameof(DkimGradeRules.DkimKeyShort), DkimGradeRules.DkimKeyShort),
        new(nameof(DkimGradeRules.DkimWildcard), DkimGradeRules.DkimWildcard),
        new(nameof(TransportGradeRules.TlsRptMissing), TransportGradeRules.TlsRptMissing),
    ];

    /// <summary>The domain with its grade, the reasons and the next steps.</summary>
    public static MailDomainResult Grade(MailDomainResult domain)
    {
        if (domain.Status is MailDomainStatus.DomainNotFound or MailDomainStatus.InvalidDomainName or MailDomainStatus.UnexpectedError
            || domain.Status == MailDomainStatus.DnsFailure)
        {
            return domain;
        }

        GradeVerdict[] verdicts =
        [
            .. DmarcGradeRules.WithSteps(domain, [.. Rules.SelectMany(rule => rule.Check(domain))])
                .OrderByDescending(verdict => verdict.Cap ?? MailDomainGrade.A),
        ];
        bool decides = domain.Dmarc is { } dmarc
            && dmarc.Status != DmarcRecordStatus.DnsFailure
            && domain.Spf is { } spf
            && spf.Status != SpfRecordStatus.DnsFailure;
        return domain with
        {
            Grade = !decides ? MailDomainGrade.Unknown : verdicts.Length > 0 ? verdicts[0].Cap ?? MailDomainGrade.A : MailDomainGrade.A,
            GradeReasons = verdicts
                .Where(verdict => verdict.Cap is not null)
                .Select(verdict => new GradeReason(domain.Domain, verdict.Rule, verdict.Cap!.Value, verdict.Reason))
                .ToPrintableList(),
            NextSteps = verdicts
                .Select(verdict => MicrosoftDomainAdvice.Adapt(domain.Domain, verdict))
                .OfType<GradeVerdict>()
                .GroupBy(verdict => verdict.RecordValue.Length == 0 ? verdict.Remedy : verdict.RecordName + " " + verdict.RecordValue)
                .Select(same => same.First())
                .Take(MaximumSteps)
                .Select((verdict, index) => new MailDomainStep(
                    domain.Domain,
                    index + 1,
                    verdict.Rule,
                    verdict.Remedy,
                    verdict.RecordName,
                    verdict.RecordType,
                    verdict.RecordValue))
                .ToPrintableList(),
        };
    }

    /// <summary>A rule about an existing or missing SPF record.</summary>
    private static Rule<MailDomainResult, GradeVerdict> Spf(string name, Func<MailDomainResult, SpfResult, GradeVerdict?> check) =>
        new(name, domain => domain.Spf is { } spf && spf.Status != SpfRecordStatus.DnsFailure ? check(domain, spf) : null);

    /// <summary>A rule about an existing or missing DMARC record.</summary>
    private static Rule<MailDomainResult, GradeVerdict> Dmarc(
        string name, Func<MailDomainResult, DmarcRecordResult, GradeVerdict?> check) =>
        new(name, domain => domain.Dmarc is { } dmarc && dmarc.Status != DmarcRecordStatus.DnsFailure ? check(domain, dmarc) : null);
}
