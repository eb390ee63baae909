using System.Collections.Concurrent;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>
/// A record that domains include, with all that it leads to, analysed once for all of them. What it costs and authorises depends on DNS
/// alone; only how deep its terms stand and how many look-ups come before them depends on who includes it. Kept is only what is
/// known in full: every look-up was answered, nothing was left out, and no record leads back to itself.
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

    /// <summary>It and all that it leads to, each name once.</summary>
    public IReadOnlyList<SpfDomainFacts> Domains { get; }

    /// <summary>The look-ups of its terms and of all below them.</summary>
    public int Lookups => _tree.Lookups;

    /// <summary>How many terms there are in it, those below included.</summary>
    public int Nodes => _tree.All.Count;

    /// <summary>How much room it takes: its terms, and the ranges of their addresses.</summary>
    public int Weight { get; private set; }

    /// <summary>True if no rule has anything to say about a term of it, unless there is too much of it all.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>The record at a name, ready to be shared; null if not all of it is known for certain.</summary>
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
                if (!IsKnown(term))
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

    /// <summary>The terms as users see them, where the record stands so deep and so many look-ups come before its first term.</summary>
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

    private static bool IsKnown(SpfTermFacts term) =>
        !term.WasSkipped
        && (term.Response is null || term.Response.Status.IsAnswer())
        && (term.IPv6Response is null || term.IPv6Response.Status.IsAnswer())
        && term.Hosts.All(host => host.IPv4.Status.IsAnswer() && host.IPv6.Status.IsAnswer());

    /// <summary>Settles the addresses of each term, so that nobody else has to, and looks for what rules speak of.</summary>
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
