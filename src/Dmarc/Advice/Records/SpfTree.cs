using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// The terms of a record and its whole tree in order of evaluation: an included record occurs as often as it is
/// included. Look-ups are counted beyond the limit.
/// </summary>
internal sealed class SpfTree
{
    private const int MaximumNodes = 2_000;

    private readonly string _domain;
    private readonly bool _isWhole;
    private int _leftOut;

    private SpfTree(SpfDomainFacts root, bool isWhole)
    {
        _domain = root.Domain;
        _isWhole = isWhole;
        Add(root, null, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        MeetsTwice = FindsTwice();
    }

    /// <summary>The terms of the domain's own record.</summary>
    public List<SpfNode> Roots { get; } = [];

    /// <summary>All terms in the order of evaluation.</summary>
    public List<SpfNode> All { get; } = [];

    /// <summary>True if the tree was truncated because of its size.</summary>
    public bool IsCut { get; private set; }

    public int Lookups { get; private set; }

    /// <summary>True if a record occurs twice, including those left out.</summary>
    public bool MeetsTwice { get; }

    /// <summary>The tree without parts that no rule reports: such an include represents everything below it.</summary>
    public static SpfTree Build(SpfDomainFacts root)
    {
        SpfTree tree = new(root, false);
        bool needsWhole = tree.MeetsTwice
            || tree.Lookups > SpfLimits.Lookups
            || tree.All.Count + tree._leftOut >= MaximumNodes;
        return tree._leftOut > 0 && needsWhole ? BuildWhole(root) : tree;
    }

    /// <summary>The complete tree.</summary>
    public static SpfTree BuildWhole(SpfDomainFacts root) => new(root, true);

    private bool FindsTwice()
    {
        if (All.Count < 2 || !All.Exists(node => node.LeadsOn))
        {
            return false;
        }

        HashSet<string> met = new(StringComparer.OrdinalIgnoreCase);
        foreach (SpfNode node in All)
        {
            if (node.Summary is SpfSharedRecord shared)
            {
                if (!shared.Domains.All(facts => met.Add(facts.Domain)))
                {
                    return true;
                }
            }
            else if (node.LeadsOn && node.Facts.Child is SpfDomainFacts child && !met.Add(child.Domain))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(SpfDomainFacts facts, SpfNode? parent, HashSet<string> above)
    {
        above.Add(facts.Domain);

        // A redirect is followed after all mechanisms, at any position (RFC 7208 §6.1).
        AddTerms(facts, parent, above, false);
        AddTerms(facts, parent, above, true);
        above.Remove(facts.Domain);
    }

    private void AddTerms(SpfDomainFacts facts, SpfNode? parent, HashSet<string> above, bool redirects)
    {
        foreach (SpfTermFacts term in facts.Terms.AsSpan())
        {
            if (redirects != (term.Term.Kind == SpfTermKind.Redirect))
            {
                continue;
            }

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
    }

    private static string? ServiceName(SpfTermFacts term) =>
        term.Term.Kind is (SpfTermKind.Include or SpfTermKind.Redirect or SpfTermKind.A or SpfTermKind.Mx) && term.Term.Domain is not null
            ? term.Target
            : null;

    private void Follow(SpfNode node, HashSet<string> above)
    {
        int before = Lookups;
        if (node.Term.CountsAsLookup)
        {
            Lookups++;
        }

        FindVoids(node);
        if (node.Facts.Child is SpfDomainFacts child)
        {
            if (above.Contains(child.Domain))
            {
                node.IsLoop = true;
            }
            else if (MayLeaveOut(node, child) && child.Shared is { IsQuiet: true } shared)
            {
                node.Summary = shared;
                Lookups += shared.Lookups;
                _leftOut += shared.Nodes;
            }
            else
            {
                Add(child, node, above);
            }
        }

        node.TotalLookups = Lookups - before;
        node.CumulativeLookups = Lookups;
        node.TotalVoids = node.Voids.Count + node.VoidsIPv4.Count;
        node.IsPartial = node.Facts.WasSkipped || node.Facts.Failed is not null;
        foreach (SpfNode each in node.Children)
        {
            node.TotalVoids += each.TotalVoids;
            node.IsPartial |= each.IsPartial;
        }
    }

    /// <summary>More is reported about the domain's own records than about foreign ones.</summary>
    private bool MayLeaveOut(SpfNode node, SpfDomainFacts child) =>
        !_isWhole && node.Term.Kind == SpfTermKind.Include && !TargetName.IsEqualToOrBelow(child.Domain, _domain);

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

        foreach (SpfHostFacts host in facts.Hosts.AsSpan())
        {
            if (host.HasNoAddress)
            {
                node.Voids.Add(host.IPv4);
            }
            else if (host.IPv4.Status.IsVoid() && host.IPv6.Status.IsAnswer())
            {
                node.VoidsIPv4.Add(host.Name);
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
