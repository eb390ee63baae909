using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Reports.Rollout.Rules;

/// <summary>How long anything has to be observed, whatever the stage.</summary>
internal static class Observation
{
    /// <summary>Days with reports, below which nothing is advised: a quarter of the recommended stay, for a first and a last day with nothing between say little.</summary>
    public static int LeastReportedDays(RolloutFacts facts) => Math.Max(3, facts.RecommendedDays / 4);

    /// <summary>Days before a domain is said to send no mail.</summary>
    public const int ParkedDays = 14;
}

/// <summary>A domain that sends no mail goes to reject at once.</summary>
internal sealed class ParkedRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.IsParked && facts.ObservedDays >= Observation.ParkedDays
            ? new RolloutAdvice(
                RolloutVerdict.Advance,
                RolloutFindings.Parked.Create(facts.Domain, facts.ObservedDays, facts.Observations.Messages))
            {
                Publish = RolloutStage.Reject,
                PublishSubdomains = facts.Record!.SubdomainPolicy is { } subdomains && subdomains < DmarcPolicy.Reject ? DmarcPolicy.Reject : null,
                PublishNonexistent = facts.Record.NonexistentSubdomainPolicy is { } nonexistent && nonexistent < DmarcPolicy.Reject ? DmarcPolicy.Reject : null,
            }
            : null;
}

/// <summary>At reject, for subdomains too: nothing is left to do.</summary>
internal sealed class CompleteRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is { Stage: RolloutStage.Reject, Percentage: 100 } record
            && record.SubdomainPolicy is null or DmarcPolicy.Reject
            && record.NonexistentSubdomainPolicy is null or DmarcPolicy.Reject
            ? new RolloutAdvice(RolloutVerdict.Complete, RolloutFindings.Complete.Create(facts.Domain))
            : null;
}

/// <summary>The stage has to be observed for longer.</summary>
internal sealed class TooEarlyRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts)
    {
        RolloutStage stage = facts.Record!.Stage;
        List<Finding> reasons = [];
        if (facts.RemainingDays > 0)
        {
            reasons.Add(RolloutFindings.TooEarly.Create(
                facts.Domain, stage, facts.Span.Days, facts.Span.Messages, facts.RecommendedDays, facts.RemainingDays));
        }

        if (facts.Span.ReportedDays < Observation.LeastReportedDays(facts))
        {
            reasons.Add(RolloutFindings.FewReports.Create(facts.Domain, stage, facts.Span.ReportedDays, Observation.LeastReportedDays(facts)));
        }

        return reasons.Count == 0 ? null : new RolloutAdvice(RolloutVerdict.Wait, [.. reasons]);
    }
}

/// <summary>A leftover of pct: to be taken out before the next step, because that is one for the receivers that heed it.</summary>
internal sealed class PercentageRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is { Percentage: < 100, Policy: not DmarcPolicy.None } record
            ? new RolloutAdvice(RolloutVerdict.Advance, RolloutFindings.PercentageLeft.Create(facts.Domain, record.Percentage)) { Publish = record.Stage }
            : null;
}

/// <summary>At reject, with a milder policy for subdomains: that is raised by a level.</summary>
internal sealed class SubdomainsRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is { Stage: RolloutStage.Reject, SubdomainPolicy: { } subdomains } && subdomains < DmarcPolicy.Reject
            ? new RolloutAdvice(RolloutVerdict.Advance, SubdomainsLagNote.Describe(facts)) { PublishSubdomains = subdomains + 1 }
            : null;
}

/// <summary>At reject, with a milder policy for names that do not exist: nobody sends mail with those.</summary>
internal sealed class NonexistentRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is { Stage: RolloutStage.Reject, NonexistentSubdomainPolicy: { } nonexistent } && nonexistent < DmarcPolicy.Reject
            ? new RolloutAdvice(RolloutVerdict.Advance, NonexistentLagNote.Describe(facts)) { PublishNonexistent = DmarcPolicy.Reject }
            : null;
}

/// <summary>Nothing speaks against the next stage. The last rule.</summary>
internal sealed class AdvanceRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts)
    {
        RolloutStage stage = facts.Record!.Stage;
        RolloutStage next = RolloutSteps.Next(stage) ?? stage;
        return new RolloutAdvice(
            RolloutVerdict.Advance,
            RolloutFindings.MayAdvance.Create(facts.Domain, stage, facts.Span.Days, facts.Span.Messages, next))
        {
            Publish = next,
        };
    }
}
