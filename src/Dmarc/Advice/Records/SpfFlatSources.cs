using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The origin of blocks in a flattened record: the innermost terms, whose records may change.</summary>
internal sealed class SpfFlatSources(SpfCoverage coverage)
{
    /// <summary>The maximum number of terms listed for a block.</summary>
    private const int MaximumTerms = 20;

    private readonly List<(string Label, AddressSet Set)> _sources = [];
    private readonly HashSet<SpfDomainFacts> _met = [];

    /// <summary>Adds a term, or the terms that it includes; each record is examined once.</summary>
    public void Add(SpfTermFacts term)
    {
        if (term.Child is null)
        {
            _sources.Add((term.Owner + ": " + term.Term.Text, coverage.MatchedBy(term)));
            return;
        }

        for (SpfDomainFacts? child = term.Child; child is not null && _met.Add(child); child = child.Redirect?.Child)
        {
            foreach (SpfTermFacts inner in child.Terms.Where(inner =>
                inner is { IsEffective: true, Term: { IsMechanism: true, Qualifier: SpfQualifier.Pass } }))
            {
                Add(inner);
            }
        }
    }

    /// <summary>The terms of each block; the blocks do not overlap.</summary>
    public Dictionary<AddressBlock, PrintableList<string>> Find(IEnumerable<AddressBlock> blocks)
    {
        List<(AddressRange Range, int Source)> starts = [];
        for (int source = 0; source < _sources.Count; source++)
        {
            foreach (AddressRange range in _sources[source].Set.Ranges)
            {
                starts.Add((range, source));
            }
        }

        starts.Sort((left, right) => left.Range.First.CompareTo(right.Range.First));
        Dictionary<AddressBlock, PrintableList<string>> terms = [];
        LinkedList<(AddressNumber Last, int Source)> active = [];
        int next = 0;
        foreach (AddressBlock block in blocks.OrderBy(block => block.First))
        {
            for (; next < starts.Count && starts[next].Range.First.CompareTo(block.Last) <= 0; next++)
            {
                active.AddLast((starts[next].Range.Last, starts[next].Source));
            }

            terms[block] = Labels(active, block);
        }

        return terms;
    }

    /// <summary>The first terms that overlap a block; those that end before it are no longer needed.</summary>
    private PrintableList<string> Labels(LinkedList<(AddressNumber Last, int Source)> active, AddressBlock block)
    {
        List<int> found = [];
        LinkedListNode<(AddressNumber Last, int Source)>? node = active.First;
        while (node is not null && found.Count < MaximumTerms)
        {
            LinkedListNode<(AddressNumber Last, int Source)>? following = node.Next;
            if (node.Value.Last.CompareTo(block.First) < 0)
            {
                active.Remove(node);
            }
            else
            {
                found.Add(node.Value.Source);
            }

            node = following;
        }

        found.Sort();
        return found.Select(source => _sources[source].Label).Distinct().ToPrintableList();
    }
}
