using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Reports.Rollout.Rules;

/// <summary>Sources of the domain owner's own fail: nothing is made stricter before they are mended.</summary>
internal sealed class BlockingSourcesRule : IRolloutRule
{
    private const int MostNamed = 20;

    public RolloutAdvice? Judge(RolloutFacts facts) => facts.Blocking.Count == 0
        ? null
        : new RolloutAdvice(
            RolloutVerdict.FixSources,
            [.. new PolicyImpact(facts).Sources(facts.Blocking, true).Take(MostNamed).Select(source => Describe(facts, source))]);

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
            applied.ToKeyword());
    }
}

/// <summary>The SPF record is in error, so that mail of one's own fails like that of strangers and nothing can be told apart.</summary>
internal sealed class SpfBrokenRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts)
    {
        long messages = 0;
        long broken = 0;
        foreach (SurveyedSource source in facts.Sources)
        {
            messages = Saturating.Add(messages, source.Recent.Messages);
            broken = Saturating.Add(broken, source.Recent.OwnSpfBroken);
        }

        return broken > 0 && broken >= messages / 20.0
            ? new RolloutAdvice(RolloutVerdict.FixSources, RolloutFindings.SpfBroken.Create(facts.Domain, broken, messages))
            : null;
    }
}

/// <summary>There were more sources than are kept apart, and one of one's own might be among the others.</summary>
internal sealed class EvidenceIncompleteRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) => facts.Observations.Uncounted == 0
        ? null
        : new RolloutAdvice(RolloutVerdict.Wait, RolloutFindings.EvidenceIncomplete.Create(facts.Domain, facts.Observations.Uncounted));
}

/// <summary>Before reject: mail that passes has to be signed, at least a part of it (RFC 9989 §8).</summary>
internal sealed class SpfAloneRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts)
    {
        bool rejectIsNext = facts.Record!.Stage is RolloutStage.Quarantine or RolloutStage.RejectTest;
        return rejectIsNext && facts.Observations.Passed > 0 && facts.Sources.All(source => source.Recent.DkimAligned == 0)
            ? new RolloutAdvice(RolloutVerdict.FixSources, RolloutFindings.SpfAlone.Create(facts.Domain))
            : null;
    }
}

/// <summary>Mail of aligned senders that is not signed.</summary>
internal sealed class SpfOnlyNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        long passed = 0;
        long unsigned = 0;
        long signed = 0;
        foreach (SurveyedSource source in facts.Sources)
        {
            passed = Saturating.Add(passed, source.Recent.Passed);
            unsigned = Saturating.Add(unsigned, source.Recent.Passed - source.Recent.DkimAligned);
            signed = Saturating.Add(signed, source.Recent.DkimAligned);
        }

        // Without any signature, a rule says more.
        if (unsigned > passed / 20 && signed > 0)
        {
            findings.Add(RolloutFindings.SpfOnly.Create(facts.Domain, unsigned, passed));
        }
    }
}

/// <summary>Mail that forwarders and lists pass on, and that fails.</summary>
internal sealed class ForwardedNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        long failed = facts.Sources
            .Where(source => source.Verdict.Class == SourceClass.Forwarder)
            .Aggregate(0L, (sum, source) => Saturating.Add(sum, source.Observed.Failed));
        if (failed > 0)
        {
            bool isAtReject = facts.Record is { Stage: RolloutStage.Reject };
            findings.Add((isAtReject ? RolloutFindings.ForwardedAtReject : RolloutFindings.Forwarded).Create(facts.Domain, failed));
        }
    }
}
