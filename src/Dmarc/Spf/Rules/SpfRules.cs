using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>All rules, in the order in which their findings are shown.</summary>
internal static class SpfRules
{
    private static readonly ISpfRule[] All =
    [
        new RecordPresenceRule(),
        new NearMissRule(),
        new LookupLimitRule(),
        new VoidLookupRule(),
        new IncludeRecordRule(),
        new IncludeLoopRule(),
        new IncludeTwiceRule(),
        new IncludePassesAllRule(),
        new FailedLookupRule(),
        new AllRule(),
        new PassesInternetRule(),
        new TermsAfterAllRule(),
        new RedirectIgnoredRule(),
        new PtrRule(),
        new AddressNotFoundRule(),
        new TooManyMxRule(),
        new WideRangeRule(),
        new SpecialRangeRule(),
        new DuplicateTermRule(),
        new OverlapRule(),
        new MacroTermRule(),
        new SplitJoinsTermsRule(),
        new RecordLengthRule(),
        new LegacyTypeRule(),
        new HostWithoutRecordRule(),
        new ServiceUnusedRule(),
        new SharedServiceRule(),
        new NotFollowedRule(),
    ];

    /// <summary>The findings of the parser and of all rules, each once.</summary>
    public static PrintableList<Finding> Check(SpfAnalysis analysis)
    {
        List<Finding> findings = [.. analysis.Record?.Findings ?? PrintableList<Finding>.Empty];
        foreach (ISpfRule rule in All)
        {
            findings.AddRange(rule.Check(analysis));
        }

        return findings.Distinct().ToFindingList();
    }
}
