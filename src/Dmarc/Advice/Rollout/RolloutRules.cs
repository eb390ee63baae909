using Dmarc.Advice.Records;
using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The reasons for advice. The first applicable rule decides; the last one always applies.</summary>
internal static class RolloutRules
{
    /// <summary>The number of days before a domain counts as sending no mail.</summary>
    private const int ParkedDays = 14;

    private const int MaximumSources = 20;

    // Rules for a stricter policy come after those about sources.
    public static readonly Rule<RolloutFacts, RolloutAdvice>[] All =
    [
        // A published but ineffective record: correct it, and begin with none.
        new("RecordInvalid", facts => facts.Search?.Status.ToRolloutStatus() == RolloutStatus.RecordInvalid,
            facts => RolloutAdvice.ToFixRecord(RolloutFindings.RecordInvalid.Create(facts.Domain))),
        new("NoRecord", facts => facts.Record is null && facts.Search?.Status.ToRolloutStatus() == RolloutStatus.NoRecord,
            facts => RolloutAdvice.ToBegin(WithReportAddress(RolloutFindings.NoRecord, facts))),
        new("NoReportAddress", facts => facts.Record is { AsksForReports: false },
            facts => RolloutAdvice.ToAddReports(WithReportAddress(RolloutFindings.NoReportAddress, facts))),
        new("ReportsCannotArrive", facts => facts.Record is not null && facts.Search?.AggregateReportsCome == false,
            facts => RolloutAdvice.ToAddReports(WithReason(WithReportAddress(RolloutFindings.NoReportAddress, facts), facts.Search!))),

        // No rows, none that is evaluated, or no policy in them: no basis for advice.
        new("NotEvaluated", facts => facts.Observations is { Messages: 0, Unevaluated: > 0 },
            facts => new(RolloutVerdict.Unknown, RolloutNotes.DescribeUnevaluated(facts))),
        new("NoReports", facts => facts.Observations.Messages == 0 || facts.Record is null,
            facts => new(RolloutVerdict.Unknown, RolloutFindings.NoReports.Create(facts.Domain))),

        // The owner's own sources fail: correct them before the policy becomes stricter.
        new("BlockingSources", facts => facts.Blocking.Count > 0,
            facts => new(
                RolloutVerdict.FixSources,
                [.. new PolicyImpact(facts).Sources(facts.Blocking, true).Take(MaximumSources).Select(source => Describe(facts, source))])),

        // There were more sources than kept separately, and one of the owner's may be among the rest.
        new("EvidenceIncomplete", facts => facts.Observations.Uncounted != 0,
            facts => new(RolloutVerdict.Wait, RolloutFindings.EvidenceIncomplete.Create(facts.Domain, facts.Observations.Uncounted))),
        new(nameof(SpfBroken), SpfBroken),

        // At reject, for subdomains too: nothing is left to do.
        new("Complete",
            facts => facts.Record is { Stage: RolloutStage.Reject, Percentage: 100 } record
                && record.SubdomainPolicy is null or DmarcPolicy.Reject
                && record.NonexistentSubdomainPolicy is null or DmarcPolicy.Reject,
            facts => new(RolloutVerdict.Complete, RolloutFindings.Complete.Create(facts.Domain))),

        // The reports are too old to show current senders.
        new("ReportsOld", facts => !(facts.Observations.LastSeen is { } last && facts.Now - last <= SourceSurvey.Memory),
            facts => new(RolloutVerdict.Wait, RolloutNotes.DescribeAge(facts))),

        // A domain that sends no mail goes to reject at once.
        new("Parked", facts => facts.IsParked && facts.ObservedDays >= ParkedDays,
            facts => new(RolloutVerdict.Advance, RolloutFindings.Parked.Create(facts.Domain, facts.ObservedDays, facts.Observations.Messages))
            {
                Publish = RolloutStage.Reject,
                PublishSubdomains = facts.Record!.SubdomainPolicy < DmarcPolicy.Reject ? DmarcPolicy.Reject : null,
                PublishNonexistent = facts.Record.NonexistentSubdomainPolicy < DmarcPolicy.Reject ? DmarcPolicy.Reject : null,
            }),
        new(nameof(TooEarly), TooEarly),

        // A leftover pct: remove it before the next step, because removing it is a step for receivers that honour it.
        new("Percentage", facts => facts.Record is { Percentage: < 100, Policy: not DmarcPolicy.None },
            facts => new(RolloutVerdict.Advance, RolloutFindings.PercentageLeft.Create(facts.Domain, facts.Record!.Percentage))
            {
                Publish = facts.Record.Stage,
            }),

        // At reject, with a weaker policy for subdomains: raise it by one level.
        new("Subdomains", facts => facts.Record is { Stage: RolloutStage.Reject, SubdomainPolicy: < DmarcPolicy.Reject },
            facts => new(RolloutVerdict.Advance, RolloutNotes.DescribeSubdomains(facts)) { PublishSubdomains = facts.Record!.SubdomainPolicy + 1 }),

        // At reject, with a weaker policy for non-existent names, which send no mail.
        new("Nonexistent", facts => facts.Record is { Stage: RolloutStage.Reject, NonexistentSubdomainPolicy: < DmarcPolicy.Reject },
            facts => new(RolloutVerdict.Advance, RolloutNotes.DescribeNonexistent(facts)) { PublishNonexistent = DmarcPolicy.Reject }),

        // Before reject, at least part of the passing mail must be signed (RFC 9989 §8).
        new("SpfAlone",
            facts => facts.Record!.Stage is RolloutStage.Quarantine or RolloutStage.RejectTest
                && facts.Observations.Passed > 0
                && facts.Sources.All(source => source.Recent.DkimAligned == 0),
            facts => new(RolloutVerdict.FixSources, RolloutFindings.SpfAlone.Create(facts.Domain))),

        // Nothing speaks against the next stage.
        new("Advance", _ => true, Advance),
    ];

    /// <summary>The advice of the first applicable rule.</summary>
    public static RolloutAdvice Judge(RolloutFacts facts) => All.SelectMany(rule => rule.Check(facts)).First();

    private static Finding WithReportAddress(FindingDescriptor finding, RolloutFacts facts) =>
        NextRecordBuilder.ReportAddress(facts.Domain, facts.Record, facts.Search) is { } address
            ? finding.Create(facts.Domain, address)
            : finding.Create(facts.Domain, "") with { Remedy = Sentences.Fill(Strings.Policy_NoReportMailbox, facts.Domain) };

    /// <summary>Why no reports arrive, in the words of the search.</summary>
    private static Finding WithReason(Finding finding, DmarcRecordResult search) =>
        search.Findings.FirstOrDefault(one => one.Code == DmarcFindings.AggregateReportsMissing.Code) is { } missing
            ? finding with { Message = missing.Message }
            : finding;

    private static Finding Describe(RolloutFacts facts, RolloutSource source)
    {
        DmarcPolicy applied = facts.Record!.Applied(facts.IsSubdomain(source.HeaderFrom));
        FindingDescriptor finding = source.Class is SourceClass.Unknown or SourceClass.Forwarder ? RolloutFindings.SourceUnclear
            : applied == DmarcPolicy.None ? RolloutFindings.SourceBlocks : RolloutFindings.SourceHit;
        return finding.Create(
            source.Service.Length > 0 ? source.Service : source.Source,
            source.HeaderFrom,
            source.Failed,
            source.Messages,
            source.Reason,
            source.Remedy,
            applied.ToKeyword()) with { Source = source.Source };
    }

    /// <summary>The SPF record is invalid, so own mail fails like foreign mail and cannot be distinguished.</summary>
    private static RolloutAdvice? SpfBroken(RolloutFacts facts)
    {
        long messages = Saturating.Sum(facts.Sources, source => source.Recent.Messages);
        long broken = Saturating.Sum(facts.Sources, source => source.Recent.OwnSpfBroken);
        return broken > 0 && broken >= messages / 20.0
            ? new(RolloutVerdict.FixSources, RolloutFindings.SpfBroken.Create(facts.Domain, broken, messages))
            : null;
    }

    /// <summary>The stage has not been observed long enough.</summary>
    private static RolloutAdvice? TooEarly(RolloutFacts facts)
    {
        RolloutStage stage = facts.Record!.Stage;
        List<Finding> reasons = [];
        if (facts.RemainingDays > 0)
        {
            reasons.Add(RolloutFindings.TooEarly.Create(
                facts.Domain, stage, facts.Span.Days, facts.Span.Messages, facts.RecommendedDays, facts.RemainingDays));
        }

        // The minimum of days with reports: a quarter of the recommended duration. A first and a last day alone
        // say little.
        int minimum = Math.Max(3, facts.RecommendedDays / 4);
        if (facts.Span.ReportedDays < minimum)
        {
            reasons.Add(RolloutFindings.FewReports.Create(facts.Domain, stage, facts.Span.ReportedDays, minimum));
        }

        return reasons.Count == 0 ? null : new(RolloutVerdict.Wait, [.. reasons]);
    }

    private static RolloutAdvice Advance(RolloutFacts facts)
    {
        RolloutStage stage = facts.Record!.Stage;
        RolloutStage next = RolloutSteps.Next(facts.Record) ?? stage;
        return new(
            RolloutVerdict.Advance,
            RolloutFindings.MayAdvance.Create(facts.Domain, stage, facts.Span.Days, facts.Span.Messages, next))
        {
            Publish = next,
        };
    }
}
