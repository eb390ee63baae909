using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The next step of a domain that sends mail, once its reports are clean: what <see cref="RolloutRules"/> come to where no source fails and
/// the stage was seen for long enough. So an audit, which has no reports, names the same record as the roll-out.
/// </summary>
/// <param name="Advice">What to change.</param>
/// <param name="Present">The record that applies.</param>
/// <param name="Draft">The record to publish.</param>
internal sealed record NextStep(RolloutAdvice Advice, RolloutRecord Present, DmarcRecordDraft Draft)
{
    /// <returns>Null where no record applies, or nothing is left to do.</returns>
    public static NextStep? Of(DmarcRecordResult result)
    {
        if (RolloutRecord.Of(result) is not { } present || !DomainName.TryParse(result.Domain, out DomainName? domain))
        {
            return null;
        }

        RolloutAdvice advice = Judge(present);
        return advice.Publishes ? new NextStep(advice, present, NextRecordBuilder.Build(domain, present, result, advice, null)) : null;
    }

    private static RolloutAdvice Judge(RolloutRecord present) => present switch
    {
        { AsksForReports: false } => new RolloutAdvice(RolloutVerdict.StartReporting) { AddsReportAddress = true },
        { Percentage: < 100, Policy: not DmarcPolicy.None } => new RolloutAdvice(RolloutVerdict.Advance) { Publish = present.Stage },
        { Stage: RolloutStage.Reject, SubdomainPolicy: { } subdomains and < DmarcPolicy.Reject } =>
            new RolloutAdvice(RolloutVerdict.Advance) { PublishSubdomains = subdomains + 1 },
        { Stage: RolloutStage.Reject, NonexistentSubdomainPolicy: < DmarcPolicy.Reject } =>
            new RolloutAdvice(RolloutVerdict.Advance) { PublishNonexistent = DmarcPolicy.Reject },
        { Stage: RolloutStage.Reject } => new RolloutAdvice(RolloutVerdict.Complete),
        _ => new RolloutAdvice(RolloutVerdict.Advance) { Publish = RolloutSteps.Next(present.Stage) },
    };
}
