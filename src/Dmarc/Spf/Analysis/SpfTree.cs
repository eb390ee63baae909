using Dmarc.Dns;
using Dmarc.Services;

namespace Dmarc.Spf.Analysis;

/// <summary>
/// The terms of a record and of all that it leads to, as receivers meet them: an included record is there as often as it is
/// included. Look-ups are counted past the limit.
/// </summary>
internal sealed class SpfTree
{
    private const int MaximumNodes = 2_000;

    private int _lookups;

    private SpfTree()
    {
    }

    /// <summary>The terms of the domain's own record.</summary>
    public List<SpfNode> Roots { get; } = [];

    /// <summary>All terms in the order of evaluation.</summary>
    public List<SpfNode> All { get; } = [];

    /// <summary>True where the tree was cut because it grew too large.</summary>
    public bool IsCut { get; private set; }

    public int Lookups => _lookups;

    public static SpfTree Build(SpfDomainFacts root)
    {
        SpfTree tree = new();
        HashSet<string> above = new(StringComparer.OrdinalIgnoreCase);
        tree.Add(root, null, above);
        return tree;
    }

    private void Add(SpfDomainFacts facts, SpfNode? parent, HashSet<string> above)
    {
        above.Add(facts.Domain);

        // A redirect is followed after all mechanisms, wherever it stands (RFC 7208 §6.1).
        foreach (SpfTermFacts term in facts.Terms.OrderBy(term => term.Term.Kind == SpfTermKind.Redirect ? 1 : 0))
        {
            if (All.Count >= MaximumNodes)
            {
                IsCut = true;
                break;
            }

            SpfNode node = new(term, parent) { Service = SendingServices.Default.FindBySpfDomain(ServiceName(term)) };
            (parent is null ? Roots : parent.Children).Add(node);
            All.Add(node);
            if (term.IsEffective)
            {
                Follow(node, above);
            }
        }

        above.Remove(facts.Domain);
    }

    private static string? ServiceName(SpfTermFacts term) =>
        term.Term.Kind is (SpfTermKind.Include or SpfTermKind.Redirect or SpfTermKind.A or SpfTermKind.Mx) && term.Term.Domain is not null
            ? term.Target
            : null;

    private void Follow(SpfNode node, HashSet<string> above)
    {
        int before = _lookups;
        if (node.Term.CountsAsLookup)
        {
            _lookups++;
        }

        FindVoids(node);
        if (node.Facts.Child is SpfDomainFacts child)
        {
            if (above.Contains(child.Domain))
            {
                node.IsLoop = true;
            }
            else
            {
                Add(child, node, above);
            }
        }

        node.TotalLookups = _lookups - before;
        node.CumulativeLookups = _lookups;
        node.TotalVoids = node.Voids.Count + node.Children.Sum(each => each.TotalVoids);
    }

    private static void FindVoids(SpfNode node)
    {
        SpfTermFacts facts = node.Facts;
        if (facts.Child is not null)
        {
            AddVoid(node, facts.Child.Response);
        }

        if (node.Term.Kind != SpfTermKind.A && facts.Response is not null)
        {
            AddVoid(node, facts.Response);
        }

        foreach (SpfHostFacts host in facts.Hosts)
        {
            if (host.HasNoAddress)
            {
                node.Voids.Add(host.IPv4);
            }
            else if (host.IPv6.Status.IsVoid())
            {
                node.VoidsIPv6.Add(host.Name);
            }
        }
    }

    private static void AddVoid(SpfNode node, DnsResponse response)
    {
        if (response.Status.IsVoid())
        {
            node.Voids.Add(response);
        }
    }
}
