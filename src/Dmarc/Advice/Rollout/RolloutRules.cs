using Dmarc.Reports.Rollout.Rules;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>The rules in their order, and the notes.</summary>
internal static class RolloutRules
{
    // Whatever makes the policy stricter stands behind the rules about sources.
    private static readonly IRolloutRule[] Rules =
    [
        new RecordVoidRule(),
        new NoRecordRule(),
        new NoReportAddressRule(),
        new NoReportsRule(),
        new BlockingSourcesRule(),
        new EvidenceIncompleteRule(),
        new SpfBrokenRule(),
        new CompleteRule(),
        new ReportsOldRule(),
        new ParkedRule(),
        new TooEarlyRule(),
        new PercentageRule(),
        new SubdomainsRule(),
        new NonexistentRule(),
        new SpfAloneRule(),
        new AdvanceRule(),
    ];

    private static readonly IRolloutNote[] Notes =
    [
        new ChangedSinceNote(),
        new ReportsOldNote(),
        new PolicyFromReportsNote(),
        new PercentageNote(),
        new SubdomainsLagNote(),
        new NonexistentLagNote(),
        new SubdomainsHoldNote(),
        new SubdomainsUnusedNote(),
        new ForwardedNote(),
        new SpfOnlyNote(),
        new TemporaryErrorsNote(),
    ];

    public static RolloutAdvice Judge(RolloutFacts facts)
    {
        foreach (IRolloutRule rule in Rules)
        {
            if (rule.Judge(facts) is { } advice)
            {
                return advice;
            }
        }

        throw new InvalidOperationException("The last rule applies always.");
    }

    /// <summary>What to say beside the advice; nothing that it says itself.</summary>
    public static List<Finding> Note(RolloutFacts facts, RolloutAdvice advice)
    {
        List<Finding> findings = [];
        foreach (IRolloutNote note in Notes)
        {
            note.Check(facts, findings);
        }

        findings.RemoveAll(finding => Array.Exists(advice.Reasons, reason => reason.Code == finding.Code));
        return findings;
    }
}
