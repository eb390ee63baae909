using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The rules about SPF records, in the order of their findings.</summary>
internal static class SpfRules
{
    public static readonly Rule<SpfAnalysis>[] All =
    [
        .. SpfRecordRules.Presence,
        .. SpfTermRules.LookUps,
        .. SpfTermRules.Terms,
        .. SpfRecordRules.Surroundings,
    ];

    /// <summary>The rules that do not examine addresses.</summary>
    private static readonly string[] WithoutAddresses =
    [
        nameof(SpfRecordRules.RecordPresence),
        nameof(SpfTermRules.LookupLimit),
        nameof(SpfTermRules.VoidLookups),
        nameof(SpfTermRules.IncludedRecords),
        nameof(SpfTermRules.IncludeLoops),
        nameof(SpfTermRules.FailedLookups),
        nameof(SpfTermRules.End),
        SpfFindings.NotFollowed.Code,
    ];

    /// <summary>The findings about a record with too many addresses to compute.</summary>
    public static PrintableList<Finding> CheckWithoutAddresses(SpfAnalysis analysis)
    {
        IEnumerable<Finding> findings =
        [
            .. analysis.Record?.Findings ?? PrintableList<Finding>.Empty,
            SpfFindings.AnalysisTooLarge.Create(analysis.Domain),
            .. All.Where(rule => Array.IndexOf(WithoutAddresses, rule.Name) >= 0).SelectMany(rule => rule.Check(analysis)),
        ];
        return findings.ToFindingList();
    }

    /// <summary>A finding with a position concerns the term at that position.</summary>
    private static Finding WithTerm(Finding finding, SpfAnalysis analysis) =>
        finding.Term.Length == 0 && finding.Position is { } position && analysis.Record?.TermAt(position) is { } term
            ? finding with { Term = SpfNode.Shorten(term) }
            : finding;

    /// <summary>The findings of the parser and of all rules, each once.</summary>
    public static PrintableList<Finding> Check(SpfAnalysis analysis)
    {
        List<Finding> findings = [.. analysis.Record?.Findings ?? PrintableList<Finding>.Empty];
        foreach (Rule<SpfAnalysis> rule in All)
        {
            analysis.Work.Spend(1 + analysis.Tree.All.Count);
            findings.AddRange(rule.Check(analysis));
        }

        return findings.Select(finding => WithTerm(finding, analysis)).Distinct().ToFindingList();
    }
}
