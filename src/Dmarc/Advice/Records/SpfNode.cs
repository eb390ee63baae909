using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A term in its place in the tree, with what it costs there.</summary>
internal sealed class SpfNode(SpfTermFacts facts, SpfNode? parent)
{
    private const int MaximumPlaces = 20;
    private const int MaximumShown = 255;

    public SpfTermFacts Facts { get; } = facts;

    public SpfTerm Term => Facts.Term;

    public SpfNode? Parent { get; } = parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public List<SpfNode> Children { get; } = [];

    /// <summary>What stands for the children where these are left out; null if they are there.</summary>
    public SpfSharedRecord? Summary { get; set; }

    /// <summary>The look-ups of the term and of all below it.</summary>
    public int TotalLookups { get; set; }

    /// <summary>The look-ups of everything up to this term and below it, in the order of evaluation.</summary>
    public int CumulativeLookups { get; set; }

    /// <summary>The names that were asked for without result at this term itself.</summary>
    public List<DnsResponse> Voids { get; } = [];

    /// <summary>The names that have only IPv6 addresses: a void look-up for each sender with an IPv4 address.</summary>
    public List<string> VoidsIPv4 { get; } = [];

    /// <summary>The names that are without result for senders with IPv6 addresses only.</summary>
    public List<string> VoidsIPv6 { get; } = [];

    public int TotalVoids { get; set; }

    /// <summary>True if a look-up of the term or of one below it failed or was not made, so that what it costs and authorises is known in part.</summary>
    public bool IsPartial { get; set; }

    /// <summary>True if the term leads back to a record in which it stands.</summary>
    public bool IsLoop { get; set; }

    public SendingService? Service { get; set; }

    /// <summary>True for a term that receivers meet and that leads to another record.</summary>
    public bool LeadsOn => Facts.IsEffective && Term.Kind is (SpfTermKind.Include or SpfTermKind.Redirect);

    /// <summary>True if the term makes receivers end in permerror.</summary>
    public bool IsBroken => LeadsOn
        ? IsLoop || (Facts.Target is null && !Facts.DependsOnMessage) || (Facts.Child is { IsUsable: false } child && child.Response.Status.IsAnswer())
        : Facts.IsEffective && Term.Kind == SpfTermKind.Mx && Facts.Response?.Records.Count > SpfLimits.Exchanges;

    /// <summary>True if no rule speaks of the term when it stands in a record that another domain includes.</summary>
    public bool IsQuiet(SpfCoverage coverage) => !Facts.IsEffective
        || (!IsLoop
            && !IsBroken
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

    /// <summary>The term, cut if it is longer than any that is meant seriously: it stands in many texts.</summary>
    private string Shown => Shorten(Term);

    /// <summary>The text of a term as findings show it.</summary>
    public static string Shorten(SpfTerm term) => PrintableText.Shorten(term.Text, MaximumShown);

    /// <summary>How to find the term: itself and the includes above it.</summary>
    public string Path => Parent is null ? Shown : Parent.Path + " > " + Shown;

    /// <summary>The same with the column of the term and the domain of its record.</summary>
    public string Place => Sentences.Fill(Strings.Spf_Place, Path, Term.Position + 1, Facts.Owner);

    /// <summary>The places of terms, the first twenty of them and how many more there are.</summary>
    public static string Places(IReadOnlyList<SpfNode> nodes)
    {
        string first = Sentences.List(nodes.Take(MaximumPlaces).Select(node => node.Place));
        return nodes.Count <= MaximumPlaces
            ? first
            : Sentences.Fill(Strings.Spf_AndMore, first, nodes.Count - MaximumPlaces);
    }

    /// <summary>
    /// A finding about the term. The first three arguments are the term, its column and the domain of its record; the position
    /// is given where that is the record that was asked about.
    /// </summary>
    public Finding Report(FindingDescriptor descriptor, params object?[] more) =>
        descriptor.CreateAt(Depth == 0 ? Term.Position : null, [Shown, Term.Position + 1, Facts.Owner, .. more]) with { Term = Shown };
}
