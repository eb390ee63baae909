using System.Collections.Concurrent;
using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>
/// An included record with its whole tree, analysed once for all domains that include it. Its costs and addresses
/// depend only on DNS; only the depth of its terms and the look-ups before them depend on the including record. It is
/// cached only if fully known: all look-ups were answered, nothing was left out, and no record includes itself.
/// </summary>
internal sealed class SpfSharedRecord
{
    private const int MaximumDomains = 100;
    private const int MaximumNodes = 1_000;
    private const int MaximumPlaces = 64;
    private const int DepthStep = 1_000;

    private readonly ConcurrentDictionary<int, PrintableList<SpfTermResult>> _results = [];
    private readonly SpfTree _tree;

    private SpfSharedRecord(SpfDomainFacts root, List<SpfDomainFacts> domains, SpfTree tree)
    {
        Root = root;
        Domains = domains;
        _tree = tree;
        Weight = tree.All.Count;
    }

    /// <summary>The included record.</summary>
    public SpfDomainFacts Root { get; }

    /// <summary>The included record and all records below it, each name once.</summary>
    public IReadOnlyList<SpfDomainFacts> Domains { get; }

    /// <summary>The look-ups of its terms and all below them.</summary>
    public int Lookups => _tree.Lookups;

    /// <summary>The number of terms, including those below.</summary>
    public int Nodes => _tree.All.Count;

    /// <summary>The memory that it needs: its terms, and the ranges of their addresses.</summary>
    public int Weight { get; private set; }

    /// <summary>True if no rule reports any of its terms, except for exceeded totals.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>The record at a name, ready to be shared; null if it is not fully known.</summary>
    public static SpfSharedRecord? TryCreate(SpfDomainFacts root, SpfWork work)
    {
        List<SpfDomainFacts> domains = [root];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { root.Domain };
        for (int index = 0; index < domains.Count; index++)
        {
            SpfDomainFacts facts = domains[index];
            if (domains.Count > MaximumDomains || !facts.Response.Status.IsAnswer())
            {
                return null;
            }

            work.Spend(1 + facts.Terms.Count);
            foreach (SpfTermFacts term in facts.Terms.AsSpan())
            {
                if (term.WasSkipped || term.Failed is not null)
                {
                    return null;
                }

                if (term.Child is not null && names.Add(term.Child.Domain))
                {
                    domains.Add(term.Child);
                }
            }
        }

        SpfTree tree = SpfTree.BuildWhole(root);
        work.Spend(tree.All.Count);
        if (tree.IsCut || tree.All.Count > MaximumNodes || tree.All.Exists(node => node.IsLoop))
        {
            return null;
        }

        SpfSharedRecord record = new(root, domains, tree);
        record.Complete(work);
        return record;
    }

    /// <summary>The public results of the terms, for its depth and the look-ups before its first term.</summary>
    public PrintableList<SpfTermResult> ResultsAt(int depth, int lookups, SpfCoverage coverage)
    {
        int place = (depth * DepthStep) + lookups;
        if (lookups >= DepthStep || (_results.Count >= MaximumPlaces && !_results.ContainsKey(place)))
        {
            return SpfResultBuilder.BuildTerms(_tree.Roots, coverage, depth, lookups);
        }

        return _results.TryGetValue(place, out PrintableList<SpfTermResult>? known)
            ? known
            : _results[place] = SpfResultBuilder.BuildTerms(_tree.Roots, coverage, depth, lookups);
    }

    /// <summary>Computes the addresses of each term for all users, and detects terms that rules report.</summary>
    private void Complete(SpfWork work)
    {
        SpfCoverage coverage = new(work);
        foreach (SpfDomainFacts facts in Domains)
        {
            facts.Passed ??= coverage.PassedBy(facts);
            Weight += facts.Passed.RangeCount;
            foreach (SpfTermFacts term in facts.Terms.AsSpan())
            {
                term.Matched ??= coverage.MatchedBy(term);
                Weight += term.Matched.RangeCount;
            }
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { Root.Domain };
        IsQuiet = _tree.All.TrueForAll(node => node.IsQuiet(coverage) && (!node.LeadsOn || names.Add(node.Facts.Child!.Domain)));
    }
}
