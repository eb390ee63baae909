using Dmarc.Advice.Records;
using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>What is worth saying beside the advice.</summary>
internal static class RolloutNotes
{
    private const int MaximumReporters = 5;
    private const int MaximumSubdomains = 10;
    private static readonly TimeSpan Old = TimeSpan.FromDays(14);

    public static readonly Rule<RolloutFacts>[] All =
    [
        // The reports do not show the published record yet.
        new(RolloutFindings.ChangedSince,
            facts => facts.Record is { Origin: RolloutRecordOrigin.Record } record
                && facts.Observations.Timeline.EndsOtherwise(record.Stage)
                && facts.Observations.Timeline.Latest is not null,
            facts => [facts.Domain, facts.Record!.Stage, facts.Observations.Timeline.Latest!.Stage]),
        new(
            RolloutFindings.ReportsOld.Code,
            facts => facts.Observations.LastSeen is { } last && facts.Now - last > Old ? DescribeAge(facts) : null),
        new(RolloutFindings.PolicyFromReports, facts => facts.Record is { Origin: RolloutRecordOrigin.Reports }, facts => [facts.Domain]),

        new(RolloutFindings.NotEvaluated.Code, facts => facts.Observations.Unevaluated > 0 ? DescribeUnevaluated(facts) : null),

        // pct is still there, and the advice is about something else.
        new(RolloutFindings.PercentageLeft, facts => facts.Record is { Percentage: < 100, Policy: not DmarcPolicy.None },
            facts => [facts.Domain, facts.Record!.Percentage]),
        new(RolloutFindings.SubdomainsLag.Code,
            facts => facts.Record is { } record && record.SubdomainPolicy < record.Policy ? DescribeSubdomains(facts) : null),
        new(RolloutFindings.NonexistentLag.Code,
            facts => facts.Record is { } record && record.NonexistentSubdomainPolicy < (record.SubdomainPolicy ?? record.Policy)
                ? DescribeNonexistent(facts)
                : null),
        new(nameof(SubdomainsHold), SubdomainsHold),
        new(nameof(SubdomainsUnused), SubdomainsUnused),
        new(nameof(Forwarded), Forwarded),
        new(nameof(SpfOnly), SpfOnly),

        // Look-ups at a receiver failed for a while, at one message in a hundred or more.
        new(RolloutFindings.TemporaryErrors.Code, facts => facts.TemporaryErrors
            .Where(errors => Math.Max(errors.SpfMessages, errors.DkimMessages) >= Math.Max(1, errors.Messages / 100))
            .Take(MaximumReporters)
            .Select(errors => RolloutFindings.TemporaryErrors.Create(
                facts.Domain, errors.Reporter, Math.Max(errors.SpfMessages, errors.DkimMessages), errors.Messages))),
    ];

    /// <summary>What to say beside the advice, except what the advice says itself.</summary>
    public static List<Finding> Check(RolloutFacts facts, RolloutAdvice advice) =>
    [
        .. All.SelectMany(rule => rule.Check(facts)).Where(finding => !Array.Exists(advice.Reasons, reason => reason.Code == finding.Code)),
    ];

    /// <summary>When the reports end.</summary>
    public static Finding DescribeAge(RolloutFacts facts) => facts.Observations.LastSeen is { } last
        ? RolloutFindings.ReportsOld.Create(facts.Domain, (int)(facts.Now - last).TotalDays)
        : RolloutFindings.ReportsUndated.Create(facts.Domain);

    /// <summary>How many messages were left out because the reports do not evaluate them.</summary>
    public static Finding DescribeUnevaluated(RolloutFacts facts) =>
        RolloutFindings.NotEvaluated.Create(facts.Domain, facts.Observations.Unevaluated);

    /// <summary>That the policy for subdomains is milder than that of the domain.</summary>
    public static Finding DescribeSubdomains(RolloutFacts facts) => RolloutFindings.SubdomainsLag.Create(
        facts.Domain,
        facts.Record!.SubdomainPolicy!.Value.ToKeyword(),
        facts.Record.Policy.ToKeyword(),
        (facts.Record.SubdomainPolicy.Value + 1).ToKeyword());

    /// <summary>That the policy for names that do not exist is milder than that for names that do.</summary>
    public static Finding DescribeNonexistent(RolloutFacts facts) => RolloutFindings.NonexistentLag.Create(
        facts.Domain, facts.Record!.NonexistentSubdomainPolicy!.Value.ToKeyword());

    /// <summary>Only subdomains hold the domain back: records of their own would free it.</summary>
    private static Finding? SubdomainsHold(RolloutFacts facts)
    {
        string[] names = [.. facts.Blocking.Select(source => source.Observed.HeaderFrom).Distinct(StringComparer.OrdinalIgnoreCase)];
        return facts.Record is { } record && names.Length > 0 && Array.TrueForAll(names, facts.IsSubdomain)
            ? RolloutFindings.SubdomainsHold.Create(
                facts.Domain,
                string.Join(", ", names.Take(MaximumSubdomains)) + (names.Length > MaximumSubdomains ? ", …" : ""),
                names[0],
                record.Policy.ToKeyword())
            : null;
    }

    /// <summary>Mail comes in the name of subdomains, and none of it passes: they are made up, or send nothing.</summary>
    private static Finding? SubdomainsUnused(RolloutFacts facts)
    {
        if (facts.Record is not { } record
            || record.NonexistentSubdomainPolicy == DmarcPolicy.Reject
            || record.Applied(true) == DmarcPolicy.Reject
            || facts.Blocking.Any(source => facts.IsSubdomain(source.Observed.HeaderFrom)))
        {
            return null;
        }

        int unused = facts.Sources
            .Where(source => source.Observed.Messages > 0 && facts.IsSubdomain(source.Observed.HeaderFrom))
            .GroupBy(source => source.Observed.HeaderFrom, StringComparer.OrdinalIgnoreCase)
            .Count(group => group.All(source => source.Observed.Failed == source.Observed.Messages));
        return unused > 0 ? RolloutFindings.SubdomainsUnused.Create(facts.Domain, unused) : null;
    }

    /// <summary>Mail that forwarders and lists pass on, and that fails.</summary>
    private static Finding? Forwarded(RolloutFacts facts)
    {
        long failed = Saturating.Sum(
            facts.Sources.Where(source => source.Verdict.Class == SourceClass.Forwarder),
            source => source.Observed.Failed);
        FindingDescriptor finding = facts.Record is { Stage: RolloutStage.Reject }
            ? RolloutFindings.ForwardedAtReject
            : RolloutFindings.Forwarded;
        return failed > 0 ? finding.Create(facts.Domain, failed) : null;
    }

    /// <summary>Mail of aligned senders that is not signed. If nothing at all is signed before reject, a rule says more.</summary>
    private static Finding? SpfOnly(RolloutFacts facts)
    {
        long passed = Saturating.Sum(facts.Sources, source => source.Recent.Passed);
        long signed = Saturating.Sum(facts.Sources, source => source.Recent.DkimAligned);
        long unsigned = Saturating.Sum(facts.Sources, source => source.Recent.Passed - source.Recent.DkimAligned);
        bool isRuled = signed == 0 && facts.Record?.Stage is RolloutStage.Quarantine or RolloutStage.RejectTest;
        return unsigned > passed / 20 && !isRuled ? RolloutFindings.SpfOnly.Create(facts.Domain, unsigned, passed) : null;
    }
}
