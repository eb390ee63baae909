using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>All rules, in the order in which their findings are shown.</summary>
internal static class SpfRules
{
    private static readonly ISpfRule[] All =
    [
        new RecordPresenceRule(),
        new NearMissRule(),
        new RecordHalfRule(),
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
        new SenderIdRule(),
        new ExplanationRule(),
        new HostWithoutRecordRule(),
        new ServiceUnusedRule(),
        new SharedServiceRule(),
        new NotFollowedRule(),
    ];

    /// <summary>The rules that look at no addresses.</summary>
    private static readonly ISpfRule[] WithoutAddresses =
    [
        new RecordPresenceRule(),
        new LookupLimitRule(),
        new VoidLookupRule(),
        new IncludeRecordRule(),
        new IncludeLoopRule(),
        new FailedLookupRule(),
        new AllRule(),
        new NotFollowedRule(),
    ];

    /// <summary>What is to be said of a record whose addresses are too many to be computed.</summary>
    public static PrintableList<Finding> CheckWithoutAddresses(SpfAnalysis analysis)
    {
        IEnumerable<Finding> findings =
        [
            .. analysis.Record?.Findings ?? PrintableList<Finding>.Empty,
            SpfFindings.AnalysisTooLarge.Create(analysis.Domain),
            .. WithoutAddresses.SelectMany(rule => rule.Check(analysis)),
        ];
        return findings.ToFindingList();
    }

    /// <summary>The findings of the parser and of all rules, each once.</summary>
    public static PrintableList<Finding> Check(SpfAnalysis analysis)
    {
        List<Finding> findings = [.. analysis.Record?.Findings ?? PrintableList<Finding>.Empty];
        foreach (ISpfRule rule in All)
        {
            analysis.Work.Spend(1 + analysis.Tree.All.Count);
            findings.AddRange(rule.Check(analysis));
        }

        return findings.Distinct().ToFindingList();
    }
}
