using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>A term at its position in the tree, with its costs there.</summary>
internal sealed class SpfNode(SpfTermFacts facts, SpfNode? parent)
{
    private const int MaximumPlaces = 20;
    private const int MaximumShown = 255;

    public SpfTermFacts Facts { get; } = facts;

    public SpfTerm Term => Facts.Term;

    public SpfNode? Parent { get; } = parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public List<SpfNode> Children { get; } = [];

    /// <summary>The summary of omitted children; null if they are present.</summary>
    public SpfSharedRecord? Summary { get; set; }

    /// <summary>The look-ups of the term and all terms below it.</summary>
    public int TotalLookups { get; set; }

    /// <summary>The look-ups of all terms up to this one and below it, in order of evaluation.</summary>
    public int CumulativeLookups { get; set; }

    /// <summary>The void look-ups of this term itself.</summary>
    public List<DnsResponse> Voids { get; } = [];

    /// <summary>The names with only IPv6 addresses: a void look-up for each sender with an IPv4 address.</summary>
    public List<string> VoidsIPv4 { get; } = [];

    /// <summary>The names that are void only for senders with IPv6 addresses.</summary>
    public List<string> VoidsIPv6 { get; } = [];

    public int TotalVoids { get; set; }

    /// <summary>True if a look-up of the term or below failed or was skipped, so totals are incomplete.</summary>
    public bool IsPartial { get; set; }

    /// <summary>True if the term leads back to a record that contains it.</summary>
    public bool IsLoop { get; set; }

    public SendingService? Service { get; set; }

    /// <summary>True for a term that receivers evaluate and that leads to another record.</summary>
    public bool LeadsOn => Facts.IsEffective && Term.Kind is (SpfTermKind.Include or SpfTermKind.Redirect);

    /// <summary>True if the term causes permerror.</summary>
    public bool IsBroken => LeadsOn
        ? IsLoop
            || (Facts.Target is null && !Facts.DependsOnMessage)
            || (Facts.Child is { IsUsable: false } child && child.Response.Status.IsAnswer())
        : Facts.IsEffective && Term.Kind == SpfTermKind.Mx && Facts.Response?.Records.Count > SpfLimits.Exchanges;

    /// <summary>True if no rule reports the term in a record that another domain includes.</summary>
    public bool IsQuiet(SpfCoverage coverage) => !Facts.IsEffective
        || (!IsBroken
            && !Facts.DependsOnMessage
            && Voids.Count == 0
            && VoidsIPv4.Count == 0
            && VoidsIPv6.Count == 0
            && Term.Kind switch
            {
                SpfTermKind.Ptr => false,
                SpfTermKind.A or SpfTermKind.Mx => Facts.Target is not null && !coverage.MatchedBy(Facts).IsEmpty,
                SpfTermKind.Include => Facts.Child is { IsUsable: true } child && !SpfCoverage.IsInternet(coverage.PassedBy(child)),
                SpfTermKind.Redirect => Facts.Child is { IsUsable: true },
                _ => true,
            });

    /// <summary>The term, shortened beyond any realistic length, because many texts contain it.</summary>
    private string Shown => Shorten(Term);

    /// <summary>The text of a term in findings.</summary>
    public static string Shorten(SpfTerm term) => PrintableText.Shorten(term.Text, MaximumShown);

    /// <summary>The path to the term: the includes above it and the term itself.</summary>
    public string Path => Parent is null ? Shown : Parent.Path + " > " + Shown;

    /// <summary>The path with the column of the term and the domain of its record.</summary>
    public string Place => Sentences.Fill(Strings.Spf_Place, Path, Term.Position + 1, Facts.Owner);

    /// <summary>The places of terms: the first twenty, and the number of the rest.</summary>
    public static string Places(IReadOnlyList<SpfNode> nodes)
    {
        string first = Sentences.List(nodes.Take(MaximumPlaces).Select(node => node.Place));
        return nodes.Count <= MaximumPlaces
            ? first
            : Sentences.Fill(Strings.Spf_AndMore, first, nodes.Count - MaximumPlaces);
    }

    /// <summary>
    /// A finding about the term. The first three arguments are the term, its column and the domain of its record; it
    /// has a position if that is the inspected record.
    /// </summary>
    public Finding Report(FindingDescriptor descriptor, params object?[] more) =>
        descriptor.CreateAt(Depth == 0 ? Term.Position : null, [Shown, Term.Position + 1, Facts.Owner, .. more]) with { Term = Shown };
}
