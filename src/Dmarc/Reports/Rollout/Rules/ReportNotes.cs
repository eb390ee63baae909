using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Reports.Rollout.Rules;

/// <summary>The reports do not show the published record yet.</summary>
internal sealed class ChangedSinceNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is { Origin: RolloutRecordOrigin.Record } record
            && facts.Observations.Timeline.EndsOtherwise(record.Stage)
            && facts.Observations.Timeline.Latest is { } latest)
        {
            findings.Add(RolloutFindings.ChangedSince.Create(facts.Domain, record.Stage, latest.Stage));
        }
    }
}

/// <summary>The reports end long ago.</summary>
internal sealed class ReportsOldNote : IRolloutNote
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(14);

    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Observations.LastSeen is { } last && facts.Now - last > Old)
        {
            findings.Add(Describe(facts));
        }
    }

    public static Finding Describe(RolloutFacts facts) => facts.Observations.LastSeen is { } last
        ? RolloutFindings.ReportsOld.Create(facts.Domain, (int)(facts.Now - last).TotalDays)
        : RolloutFindings.ReportsUndated.Create(facts.Domain);
}

/// <summary>The reports end so long ago that nothing is known of who sends today.</summary>
internal sealed class ReportsOldRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Observations.LastSeen is { } last && facts.Now - last <= SourceSurvey.Memory ? null
        : new RolloutAdvice(RolloutVerdict.Wait, ReportsOldNote.Describe(facts));
}

/// <summary>The policy is known from reports only.</summary>
internal sealed class PolicyFromReportsNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is { Origin: RolloutRecordOrigin.Reports })
        {
            findings.Add(RolloutFindings.PolicyFromReports.Create(facts.Domain));
        }
    }
}

/// <summary>pct is still there, where the advice is about something else.</summary>
internal sealed class PercentageNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is { Percentage: < 100, Policy: not DmarcPolicy.None } record)
        {
            findings.Add(RolloutFindings.PercentageLeft.Create(facts.Domain, record.Percentage));
        }
    }
}

/// <summary>Look-ups at a receiver failed for a while, at one message in a hundred or more.</summary>
internal sealed class TemporaryErrorsNote : IRolloutNote
{
    private const int MostNamed = 5;

    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        foreach (RolloutTemporaryErrors errors in facts.TemporaryErrors
            .Where(errors => Math.Max(errors.SpfMessages, errors.DkimMessages) >= Math.Max(1, errors.Messages / 100))
            .Take(MostNamed))
        {
            findings.Add(RolloutFindings.TemporaryErrors.Create(
                facts.Domain, errors.Reporter, Math.Max(errors.SpfMessages, errors.DkimMessages), errors.Messages));
        }
    }
}
