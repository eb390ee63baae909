using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// Replaces names by addresses. Terms are processed in order, and addresses decided by an earlier term are removed from
/// later ones, so that the order of blocks no longer matters; a term that stays separates them.
/// </summary>
internal sealed class SpfFlattener(SpfAnalysis analysis)
{
    /// <summary>The number of values of <see cref="SpfQualifier"/>.</summary>
    private const int Qualifiers = 4;

    private readonly Dictionary<SpfDomainFacts, bool> _static = [];
    private readonly List<SpfFlatPart> _parts = [];
    private readonly SpfFlatSources _sources = new(analysis.Coverage);
    private readonly SortedSet<string> _frozen = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SpfTermFacts> _kept = [];
    private readonly List<SpfFlatPart> _breaks = [];
    private readonly List<AddressSet> _sets = [];
    private readonly List<int> _labels = [];
    private readonly HashSet<AddressSet> _met = [];
    private readonly Dictionary<SpfTermFacts, int> _lookups =
        analysis.Tree.Roots.ToDictionary(node => node.Facts, node => node.TotalLookups);

    private string? _explanation;
    private string? _ending;
    private int _depth;

    public static SpfFlattening Flatten(SpfAnalysis analysis, out IReadOnlyList<Finding> findings)
    {
        SpfFlattener flattener = new(analysis);
        flattener.Walk(analysis.Root);
        flattener.MakeParts();
        return flattener.Finish(out findings);
    }

    private void Walk(SpfDomainFacts facts)
    {
        _explanation = ExplanationOf(facts);
        foreach (SpfTermFacts term in facts.Terms.Where(term => term.IsEffective && term.Term.IsMechanism))
        {
            if (term.Term.Kind == SpfTermKind.All)
            {
                _ending = term.Term.Text;
            }
            else
            {
                Take(term);
            }
        }

        if (facts.Redirect is not { } redirect)
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
            _kept.Add(term);
            _breaks.Add(new SpfFlatPart(term.Term.Qualifier, null, term.Term.Text, LookupsOf(term)));
            return;
        }

        AddressSet matched = analysis.Coverage.MatchedBy(term);
        if (_met.Add(matched))
        {
            analysis.Work.Spend(1 + matched.RangeCount);
            _sets.Add(matched);
            _labels.Add((_breaks.Count * Qualifiers) + (int)term.Term.Qualifier);
        }

        Freeze(term);
        _sources.Add(term);
    }

    /// <summary>Makes the blocks between kept terms: an address belongs to the first term that matches it.</summary>
    private void MakeParts()
    {
        AddressSet[] sets = AddressSweep.Split(_sets, _labels, (_breaks.Count + 1) * Qualifiers);
        for (int label = 0; label < sets.Length; label++)
        {
            if (!sets[label].IsEmpty)
            {
                SpfQualifier qualifier = (SpfQualifier)(label % Qualifiers);
                _parts.Add(new SpfFlatPart(qualifier, analysis.Coverage.BlocksOf(sets[label]), "", 0));
            }

            if (label % Qualifiers == Qualifiers - 1 && label / Qualifiers < _breaks.Count)
            {
                _parts.Add(_breaks[label / Qualifiers]);
            }
        }
    }

    private int LookupsOf(SpfTermFacts term) =>
        _lookups.TryGetValue(term, out int lookups) ? lookups : term.Term.CountsAsLookup ? 1 : 0;

    private void Freeze(SpfTermFacts term)
    {
        if (term.Term.CountsAsLookup && term.Target is not null)
        {
            _frozen.Add(term.Target);
        }
    }

    private SpfFlattening Finish(out IReadOnlyList<Finding> findings)
    {
        SpfFlatWriter writer = new(analysis.Domain, _parts, _ending, _explanation);
        PrintableList<SpfZoneRecord> records = writer.Write();
        int lookups = writer.Includes + _parts.Sum(part => part.Lookups) + (_ending is not null && _kept.Exists(term => term.Term.Text == _ending) ? 1 : 0);
        List<Finding> noticed = [];
        if (_frozen.Count > 0)
        {
            noticed.Add(SpfFindings.FlattenedStale.Create(string.Join(", ", _frozen)));
        }

        noticed.AddRange(_kept.Select(term => SpfFindings.NotFlattened.CreateAt(
            _depth == 0 ? term.Term.Position : null, term.Term, term.Term.Position + 1, term.Owner, ReasonOf(term))));
        if (lookups > SpfLimits.Lookups)
        {
            noticed.Add(SpfFindings.FlattenedTooLarge.Create(analysis.Domain, records.Count, lookups));
        }

        findings = noticed;
        return new SpfFlattening
        {
            Records = records,
            Networks = Describe(),
            KeptTerms = [.. _kept.Select(term => term.Term.Text)],
            FrozenNames = [.. _frozen],
            LookupsBefore = analysis.Lookups,
            LookupsAfter = lookups,
        };
    }

    private PrintableList<SpfFlattenedNetwork> Describe()
    {
        Dictionary<AddressBlock, PrintableList<string>> terms =
            _sources.Find(_parts.SelectMany(part => part.Blocks ?? PrintableList<AddressBlock>.Empty));
        return
        [
            .. _parts.Where(part => part.Blocks is not null)
                .SelectMany(part => part.Blocks!.Select(block => new SpfFlattenedNetwork(block, part.Qualifier, terms[block]))),
        ];
    }

    private static string ReasonOf(SpfTermFacts term) => term.Term.Kind switch
    {
        SpfTermKind.Ptr => Strings.Spf_ReasonPtr,
        _ when term.DependsOnMessage => Strings.Spf_ReasonMacro,
        SpfTermKind.Exists => Strings.Spf_ReasonExists,
        SpfTermKind.Include or SpfTermKind.Redirect when term.Child is { IsUsable: true } => Strings.Spf_ReasonInside,
        _ => Strings.Spf_ReasonUnknown,
    };

    private bool IsStatic(SpfTermFacts term) => !term.DependsOnMessage
        && !term.WasSkipped
        && term.Term.Kind switch
        {
            SpfTermKind.Ptr or SpfTermKind.Exists => false,
            SpfTermKind.Include or SpfTermKind.Redirect => term.Child is not null && IsStatic(term.Child),
            SpfTermKind.A => term.Failed is null,
            SpfTermKind.Mx => term.Failed is null && !(term.Response?.Records.Count > SpfLimits.Exchanges),
            _ => true,
        };

    private bool IsStatic(SpfDomainFacts facts)
    {
        if (_static.TryGetValue(facts, out bool known))
        {
            return known;
        }

        // A record that includes itself is not static: this is the value until the real one is known.
        _static[facts] = false;
        return _static[facts] = facts.IsUsable && facts.Terms.Where(term => term.IsEffective).All(IsStatic);
    }
}

/// <summary>A part of a flattened record: blocks with one qualifier, or a term that stays.</summary>
/// <param name="Qualifier">The result of the blocks.</param>
/// <param name="Blocks">The blocks; null for a term.</param>
/// <param name="Term">The term; empty for blocks.</param>
/// <param name="Lookups">The look-ups of the term.</param>
internal sealed record SpfFlatPart(SpfQualifier Qualifier, PrintableList<AddressBlock>? Blocks, string Term, int Lookups);
