using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The input of the rules: all facts about a domain's record after the DNS queries.</summary>
internal sealed class SpfAnalysis
{
    private SpfNode[]? _effective;
    private SpfNode[]? _own;

    public required SpfDomainFacts Root { get; init; }

    public required SpfTree Tree { get; init; }

    public required SpfCoverage Coverage { get; init; }

    /// <summary>The remaining budget of the computation.</summary>
    public required SpfWork Work { get; init; }

    /// <summary>True if the record is the published one, not a given one.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>The answer for the obsolete type SPF.</summary>
    public DnsResponse? LegacyResponse { get; init; }

    /// <summary>The services in the record that the domain does not use; see <see cref="SpfServiceSigns"/>.</summary>
    public IReadOnlyCollection<SendingService> UnusedServices { get; init; } = [];

    /// <summary>True if not everything was queried.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>True if a look-up failed or was not made, so that there may be more than is known.</summary>
    public bool IsPartial => IsIncomplete || Tree.IsCut || Tree.Roots.Exists(node => node.IsPartial);

    /// <summary>The first failed look-up that leaves a fact unknown; null if all were answered.</summary>
    public DnsResponse? Failed => !IsAnswered ? Root.Response
        : Tree.All.Find(node => node.Facts is { IsEffective: true, Failed: not null })?.Facts.Failed;

    /// <summary>
    /// The maximum number of look-ups by receivers, counted beyond the limit; null if unknown. A number above the limit
    /// is a lower bound.
    /// </summary>
    public int? Lookups => Known(Tree.Lookups, SpfLimits.Lookups);

    /// <summary>The number of void look-ups, counted in the same way.</summary>
    public int? Voids => Known(VoidCount, SpfLimits.VoidLookups);

    /// <summary>The end of the record; empty if it has no <c>all</c>; null if unknown.</summary>
    public string? Ending => !IsAnswered ? null : FinalAll?.Term.Text ?? (IsPartial && !EndsWithoutAll ? null : "");

    /// <summary>True if it is known whether there is a record.</summary>
    public bool IsAnswered => Root.Response.Status.IsAnswer();

    public string Domain => Root.Domain;

    public SpfRecord? Record => Root.Record;

    /// <summary>The terms that receivers evaluate.</summary>
    public SpfNode[] Effective => _effective ??= [.. Tree.All.Where(node => node.Facts.IsEffective)];

    public int VoidCount => Tree.All.Sum(node => node.Voids.Count + node.VoidsIPv4.Count);

    /// <summary>The terms of the domain's owner: in its own record, records below it, and redirect targets.</summary>
    public SpfNode[] Own => _own ??= Array.FindAll(Effective, IsOwn);

    /// <summary>The <c>all</c> that ends the record, through redirects; null if there is none, or unknown.</summary>
    public SpfTermFacts? FinalAll => End.All;

    /// <summary>True if the record and its redirect targets are known and none of them has an <c>all</c>.</summary>
    public bool EndsWithoutAll => End is { All: null, IsKnown: true };

    private int? Known(int count, int limit) => !IsAnswered || (IsPartial && count <= limit) ? null : count;

    /// <summary>Follows the redirects; the end is unknown if one of them loops or leads to no usable record.</summary>
    private (SpfTermFacts? All, bool IsKnown) End
    {
        get
        {
            HashSet<SpfDomainFacts> met = [];
            SpfDomainFacts? at = Root;
            while (at is not null && met.Add(at) && (at == Root || at.IsUsable))
            {
                SpfTermFacts? all = at.Terms.FirstOrDefault(term => term.Term.Kind == SpfTermKind.All);
                if (all is not null || at.Redirect is null)
                {
                    return (all, true);
                }

                at = at.Redirect.Child;
            }

            return (null, false);
        }
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
