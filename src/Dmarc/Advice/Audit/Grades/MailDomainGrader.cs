using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Grades;

/// <summary>Grades a domain: the worst of what its rules leave. <c>docs/grades.md</c> describes them.</summary>
internal static class MailDomainGrader
{
    private const int MaximumSteps = 3;

    /// <summary>All rules; where two leave the same grade, the first one's step comes first.</summary>
    public static readonly GradeRule[] Rules =
    [
        new SpfPassesEveryoneRule(),
        new DmarcMissingRule(),
        new DmarcPolicyNoneRule(),
        new SpfMissingRule(),
        new SpfBrokenRule(),
        new SpfOpenEndRule(),
        new DmarcPercentageRule(),
        new DmarcSubdomainsRule(),
        new MxDanglingRule(),
        new MtaStsBlocksMailRule(),
        new DmarcReportsRule(),
        new DmarcQuarantineRule(),
        new SpfAllowsSomeoneRule(),
        new DkimMissingRule(),
        new DkimInvalidRule(),
        new DkimDanglingRule(),
        new NullMxRule(),
        new TransportOpenRule(),
        new MtaStsBrokenRule(),
        new MtaStsNotEnforcedRule(),
        new DkimUnknownRule(),
        new DkimKeyShortRule(),
        new DkimWildcardRule(),
        new TlsRptMissingRule(),
    ];

    /// <summary>The domain with its grade, the reasons for it and the next steps.</summary>
    public static MailDomainResult Grade(MailDomainResult domain)
    {
        if (domain.Status is MailDomainStatus.DomainNotFound or MailDomainStatus.InvalidDomainName or MailDomainStatus.UnexpectedError
            || domain.Status.IsDnsFailure())
        {
            return domain;
        }

        GradeVerdict[] verdicts =
        [
            .. Rules.Select(rule => rule.Check(domain)).OfType<GradeVerdict>().OrderByDescending(verdict => verdict.Cap ?? MailDomainGrade.A),
        ];
        bool decides = domain.Dmarc is { } dmarc && !dmarc.Status.IsDnsFailure() && domain.Spf is { } spf && !spf.Status.IsDnsFailure();
        return domain with
        {
            Grade = !decides ? MailDomainGrade.Unknown : verdicts.Length > 0 ? verdicts[0].Cap ?? MailDomainGrade.A : MailDomainGrade.A,
            GradeReasons = verdicts
                .Where(verdict => verdict.Cap is not null)
                .Select(verdict => new GradeReason(verdict.Rule, verdict.Cap!.Value, verdict.Reason))
                .ToPrintableList(),
            NextSteps = verdicts
                .Select(verdict => MicrosoftDomainAdvice.Adapt(domain.Domain, verdict))
                .OfType<GradeVerdict>()
                .GroupBy(verdict => verdict.RecordValue.Length == 0 ? verdict.Rule : verdict.RecordName + " " + verdict.RecordValue)
                .Select(same => same.First())
                .Take(MaximumSteps)
                .Select((verdict, index) => new MailDomainStep(index + 1, verdict.Rule, verdict.Action, verdict.RecordName, verdict.RecordType, verdict.RecordValue))
                .ToPrintableList(),
        };
    }
}
