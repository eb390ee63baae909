using Dmarc.Dns;

namespace Dmarc.Spf.Analysis;

/// <summary>Everything that is known of a domain's record once DNS has been asked: what the rules look at.</summary>
internal sealed class SpfAnalysis
{
    public required SpfDomainFacts Root { get; init; }

    public required SpfTree Tree { get; init; }

    public required SpfCoverage Coverage { get; init; }

    /// <summary>True where the record is the one that the domain publishes, and not one that was given.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>The answer for the abandoned type SPF.</summary>
    public DnsResponse? LegacyResponse { get; init; }

    /// <summary>The services named in the record of which the domain shows a sign, or none; see <see cref="SpfServiceSigns"/>.</summary>
    public SpfServiceSigns Signs { get; init; } = SpfServiceSigns.None;

    /// <summary>True where not everything was asked for.</summary>
    public bool IsIncomplete { get; init; }

    public string Domain => Root.Domain;

    public SpfRecord? Record => Root.Record;

    /// <summary>The terms that receivers meet.</summary>
    public IEnumerable<SpfNode> Effective => Tree.All.Where(node => node.Facts.IsEffective);

    public IEnumerable<DnsResponse> Voids => Tree.All.SelectMany(node => node.Voids);

    /// <summary>
    /// The terms that the domain's owner wrote: those of its own record, of records below its name, and of those it redirects to.
    /// </summary>
    public IEnumerable<SpfNode> Own => Effective.Where(IsOwn);

    /// <summary>The <c>all</c> that ends the record, behind its redirects; null where there is none.</summary>
    public SpfNode? FinalAll
    {
        get
        {
            List<SpfNode> nodes = Tree.Roots;
            while (true)
            {
                SpfNode? all = nodes.Find(node => node.Term.Kind == SpfTermKind.All);
                SpfNode? redirect = nodes.Find(node => node.Term.Kind == SpfTermKind.Redirect && node.Facts.IsEffective);
                if (all is not null || redirect is null)
                {
                    return all;
                }

                nodes = redirect.Children;
            }
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
