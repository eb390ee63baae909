using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>Everything that is known of a domain's record once DNS has been asked: what the rules look at.</summary>
internal sealed class SpfAnalysis
{
    private SpfNode[]? _effective;
    private SpfNode[]? _own;

    public required SpfDomainFacts Root { get; init; }

    public required SpfTree Tree { get; init; }

    public required SpfCoverage Coverage { get; init; }

    /// <summary>What the computing may still cost.</summary>
    public required SpfWork Work { get; init; }

    /// <summary>True if the record is the one that the domain publishes, and not one that was given.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>The answer for the abandoned type SPF.</summary>
    public DnsResponse? LegacyResponse { get; init; }

    /// <summary>The services named in the record of which the domain shows a sign, or none; see <see cref="SpfServiceSigns"/>.</summary>
    public SpfServiceSigns Signs { get; init; } = SpfServiceSigns.None;

    /// <summary>True if not everything was asked for.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>True if a look-up failed or was not made, so that there may be more than what is known.</summary>
    public bool IsPartial => IsIncomplete || Tree.IsCut || Tree.Roots.Exists(node => node.IsPartial);

    /// <summary>The first look-up that failed, so that something is not known; null if all were answered.</summary>
    public DnsResponse? Failed => !IsAnswered ? Root.Response
        : Tree.All.Find(node => node.Facts is { IsEffective: true, Failed: not null })?.Facts.Failed;

    /// <summary>
    /// The most look-ups that receivers can meet, counted past the limit; null if that is not known. A number above the limit is at least
    /// what it says.
    /// </summary>
    public int? Lookups => Known(Tree.Lookups, SpfLimits.Lookups);

    /// <summary>The look-ups that find nothing, in the same way.</summary>
    public int? Voids => Known(VoidCount, SpfLimits.VoidLookups);

    /// <summary>How the record ends; empty if it has no <c>all</c>; null if that is not known.</summary>
    public string? Ending => !IsAnswered ? null : FinalAll?.Term.Text ?? (IsPartial && !EndsWithoutAll ? null : "");

    /// <summary>True if it is known whether there is a record.</summary>
    public bool IsAnswered => Root.Response.Status.IsAnswer();

    public string Domain => Root.Domain;

    public SpfRecord? Record => Root.Record;

    /// <summary>The terms that receivers meet.</summary>
    public SpfNode[] Effective => _effective ??= [.. Tree.All.Where(node => node.Facts.IsEffective)];

    public int VoidCount => Tree.All.Sum(node => node.Voids.Count + node.VoidsIPv4.Count);

    /// <summary>
    /// The terms that the domain's owner wrote: those of its own record, of records below its name, and of those it redirects to.
    /// </summary>
    public SpfNode[] Own => _own ??= Array.FindAll(Effective, IsOwn);

    /// <summary>The <c>all</c> that ends the record, behind its redirects; null if there is none, or where it is not known.</summary>
    public SpfTermFacts? FinalAll => FindEnd(out _);

    /// <summary>True if the record and those that it redirects to are known and none of them has an <c>all</c>.</summary>
    public bool EndsWithoutAll
    {
        get
        {
            SpfTermFacts? all = FindEnd(out bool isKnown);
            return all is null && isKnown;
        }
    }

    private int? Known(int count, int limit) => !IsAnswered || (IsPartial && count <= limit) ? null : count;

    /// <summary>Follows the redirects; the end is not known where one of them leads in a circle or to no usable record.</summary>
    private SpfTermFacts? FindEnd(out bool isKnown)
    {
        HashSet<SpfDomainFacts> met = [];
        SpfDomainFacts? at = Root;
        isKnown = false;
        while (at is not null && met.Add(at) && (at == Root || at.IsUsable))
        {
            SpfTermFacts? all = at.Terms.FirstOrDefault(term => term.Term.Kind == SpfTermKind.All);
            SpfTermFacts? redirect = at.Terms.FirstOrDefault(term => term.Term.Kind == SpfTermKind.Redirect && term.IsEffective);
            if (all is not null || redirect is null)
            {
                isKnown = true;
                return all;
            }

            at = redirect.Child;
        }

        return null;
    }

    private bool IsOwn(SpfNode node)
    {
        for (SpfNode? at = node; at is not null; at = at.Parent)
        {
            if (!TargetName.IsEqualToOrBelow(at.Facts.Owner, Domain) && at.Parent?.Term.Kind != SpfTermKind.Redirect)
            {
                return false;
            }
        }

        return true;
    }
}
