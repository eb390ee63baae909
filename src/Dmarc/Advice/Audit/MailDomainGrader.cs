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

    /// <summary>The domain with its grade, the reasons and the next steps.</summary>
    public static MailDomainResult Grade(MailDomainResult domain)
    {
        if (domain.Status is not (MailDomainStatus.Complete or MailDomainStatus.Incomplete))
        {
            return domain;
        }

        GradeVerdict[] verdicts =
        [
            .. DmarcGradeSteps.AddTo(domain, [.. GradeRules.All.SelectMany(rule => rule.Check(domain))])
                .OrderByDescending(verdict => verdict.Cap ?? MailDomainGrade.A),
        ];
        bool decides = domain is
        {
            Dmarc.Status: not DmarcRecordStatus.DnsFailure,
            Spf.Status: not SpfRecordStatus.DnsFailure,
        };
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
}
