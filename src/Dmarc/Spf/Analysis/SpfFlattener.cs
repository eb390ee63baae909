using Dmarc.Diagnostics;
using Dmarc.Dns;

namespace Dmarc.Spf.Analysis;

/// <summary>
/// Puts addresses in the place of names. Terms are taken in their order, and what an earlier term settled is taken from
/// the later ones, so that the order among the blocks does not matter any more; a term that stays divides them.
/// </summary>
internal sealed class SpfFlattener
{
    private readonly SpfAnalysis _analysis;
    private readonly Dictionary<SpfDomainFacts, bool> _static = [];
    private readonly List<SpfFlatPart> _parts = [];
    private readonly List<(string Label, AddressSet Set)> _sources = [];
    private readonly SortedSet<string> _frozen = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SpfTermFacts> _kept = [];
    private readonly Dictionary<SpfQualifier, AddressSet> _current = [];
    private AddressSet _remaining = AddressSet.All;
    private string? _explanation;
    private string? _ending;
    private int _depth;

    private SpfFlattener(SpfAnalysis analysis) => _analysis = analysis;

    public static SpfFlattening Flatten(SpfAnalysis analysis, out IReadOnlyList<Finding> findings)
    {
        SpfFlattener flattener = new(analysis);
        flattener.Walk(analysis.Root);
        flattener.Flush();
        return flattener.Finish(out findings);
    }

    private void Walk(SpfDomainFacts facts)
    {
        _explanation = ExplanationOf(facts);
        SpfTermFacts? redirect = null;
        foreach (SpfTermFacts term in facts.Terms.Where(term => term.IsEffective))
        {
            if (term.Term.Kind == SpfTermKind.Redirect)
            {
                redirect = term;
            }
            else if (term.Term.Kind == SpfTermKind.All)
            {
                _ending = term.Term.Text;
            }
            else if (term.Term.IsMechanism)
            {
                Take(term);
            }
        }

        if (redirect is null)
        {
            return;
        }

        if (IsStatic(redirect))
        {
            Freeze(redirect);
            _depth++;
            Walk(redirect.Child!);
        }
        else
        {
            _kept.Add(redirect);
            _ending = redirect.Term.Text;
        }
    }

    private string? ExplanationOf(SpfDomainFacts facts)
    {
        SpfTerm? term = facts.Record?.Explanation;
        bool movable = _depth == 0 || term?.Domain?.Uses('d') == false;
        return term is not null && movable ? term.Text : null;
    }

    private void Take(SpfTermFacts term)
    {
        if (!IsStatic(term))
        {
            Flush();
            _kept.Add(term);
            _parts.Add(new SpfFlatPart(term.Term.Qualifier, null, term.Term.Text, LookupsOf(term)));
            return;
        }

        AddressSet matched = _analysis.Coverage.MatchedBy(term).Intersect(_remaining);
        _remaining = _remaining.Except(matched);
        _current[term.Term.Qualifier] = _current.TryGetValue(term.Term.Qualifier, out AddressSet? set) ? set.Union(matched) : matched;
        Freeze(term);
        AddSources(term, []);
    }

    private int LookupsOf(SpfTermFacts term) =>
        _analysis.Tree.Roots.Find(node => node.Facts == term)?.TotalLookups ?? (term.Term.CountsAsLookup ? 1 : 0);

    private void Freeze(SpfTermFacts term)
    {
        if (term.Term.CountsAsLookup && term.Target is not null)
        {
            _frozen.Add(term.Target);
        }
    }

    /// <summary>The innermost terms, so that each block names the record that its owner changes.</summary>
    private void AddSources(SpfTermFacts term, HashSet<SpfDomainFacts> above)
    {
        SpfDomainFacts? child = term.Child;
        while (child is not null && above.Add(child))
        {
            SpfDomainFacts? next = null;
            foreach (SpfTermFacts inner in child.Terms.Where(inner => inner.IsEffective))
            {
                if (inner.Term.Kind == SpfTermKind.Redirect)
                {
                    next = inner.Child;
                }
                else if (inner.Term is { IsMechanism: true, Qualifier: SpfQualifier.Pass })
                {
                    AddSources(inner, above);
                }
            }

            child = next;
        }

        if (term.Child is null)
        {
            _sources.Add((term.Owner + ": " + term.Term.Text, _analysis.Coverage.MatchedBy(term)));
        }
    }

    private void Flush()
    {
        foreach (KeyValuePair<SpfQualifier, AddressSet> pair in _current.OrderBy(pair => pair.Key))
        {
            PrintableList<AddressBlock> blocks = pair.Value.ToBlocks();
            if (blocks.Count > 0)
            {
                _parts.Add(new SpfFlatPart(pair.Key, blocks, "", 0));
            }
        }

        _current.Clear();
    }

    private SpfFlattening Finish(out IReadOnlyList<Finding> findings)
    {
        SpfFlatWriter writer = new(_analysis.Domain, _parts, _ending, _explanation);
        PrintableList<SpfZoneRecord> records = writer.Write();
        int lookups = writer.Includes + _parts.Sum(part => part.Lookups) + (_ending is not null && _kept.Exists(term => term.Term.Text == _ending) ? 1 : 0);
        List<Finding> noticed = [];
        if (_frozen.Count > 0)
        {
            noticed.Add(SpfFindings.FlattenedStale.Create(string.Join(", ", _frozen)));
        }

        noticed.AddRange(_kept.Select(term => SpfFindings.NotFlattened.CreateAt(
            _depth == 0 ? term.Term.Position : null, term.Term, term.Term.Position + 1, term.Owner, ReasonOf(term))));
        if (lookups > 10)
        {
            noticed.Add(SpfFindings.FlattenedTooLarge.Create(_analysis.Domain, records.Count, lookups));
        }

        findings = noticed;
        return new SpfFlattening
        {
            Records = records,
            Networks = [.. _parts.SelectMany(Describe)],
            KeptTerms = [.. _kept.Select(term => term.Term.Text)],
            FrozenNames = [.. _frozen],
            LookupsBefore = _analysis.Tree.Lookups,
            LookupsAfter = lookups,
        };
    }

    private IEnumerable<SpfFlattenedNetwork> Describe(SpfFlatPart part) =>
        (part.Blocks ?? PrintableList<AddressBlock>.Empty).Select(block => new SpfFlattenedNetwork(
            block,
            part.Qualifier,
            [.. _sources.Where(source => source.Set.Overlaps(block)).Select(source => source.Label).Distinct()]));

    private static string ReasonOf(SpfTermFacts term) => term.Term.Kind switch
    {
        SpfTermKind.Ptr => Strings.Spf_ReasonPtr,
        _ when term.DependsOnMessage => Strings.Spf_ReasonMacro,
        SpfTermKind.Exists => Strings.Spf_ReasonExists,
        SpfTermKind.Include or SpfTermKind.Redirect when term.Child is { IsUsable: true } => Strings.Spf_ReasonInside,
        _ => Strings.Spf_ReasonUnknown,
    };

    private bool IsStatic(SpfTermFacts term)
    {
        if (term.DependsOnMessage || term.WasSkipped)
        {
            return false;
        }

        return term.Term.Kind switch
        {
            SpfTermKind.Ptr or SpfTermKind.Exists => false,
            SpfTermKind.Include or SpfTermKind.Redirect => term.Child is not null && IsStatic(term.Child),
            SpfTermKind.A or SpfTermKind.Mx => (term.Response is null || (term.Response.Status.IsAnswer() && term.Response.Records.Count <= 10) || term.Term.Kind == SpfTermKind.A)
                && term.Hosts.All(host => host.IPv4.Status.IsAnswer() && host.IPv6.Status.IsAnswer()),
            _ => true,
        };
    }

    private bool IsStatic(SpfDomainFacts facts)
    {
        if (_static.TryGetValue(facts, out bool known))
        {
            return known;
        }

        // A record that is met inside itself is not static: this value stands until the true one is known.
        _static[facts] = false;
        return _static[facts] = facts.IsUsable && facts.Terms.Where(term => term.IsEffective).All(IsStatic);
    }
}

/// <summary>A piece of a flattened record: blocks of one qualifier, or a term that stays.</summary>
/// <param name="Qualifier">What the blocks result in.</param>
/// <param name="Blocks">The blocks; null for a term.</param>
/// <param name="Term">The term; empty for blocks.</param>
/// <param name="Lookups">What the term costs.</param>
internal sealed record SpfFlatPart(SpfQualifier Qualifier, PrintableList<AddressBlock>? Blocks, string Term, int Lookups);
