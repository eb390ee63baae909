using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// The exact sets of addresses that terms match and records pass. A term that depends on the message matches nothing
/// here; a record included in itself adds nothing, because its evaluation ends in permerror anyway.
/// </summary>
internal sealed class SpfCoverage(SpfWork work)
{
    private const int Passing = 0;
    private const int Settling = 1;

    private readonly Dictionary<SpfDomainFacts, AddressSet> _passed = [];
    private readonly Dictionary<SpfTermFacts, AddressSet> _matched = [];
    private readonly HashSet<SpfDomainFacts> _open = [];

    /// <summary>True for at least half of the IPv4 addresses, or all allocated IPv6 addresses (2000::/3).</summary>
    public static bool IsInternet(AddressSet set) => set.CountIPv4() > uint.MaxValue / 2 || set.CountIPv6() >= Math.Pow(2, 125);

    /// <summary>The addresses that a record passes, by the order and the qualifiers of its terms.</summary>
    public AddressSet PassedBy(SpfDomainFacts facts)
    {
        if (facts.Passed is AddressSet settled)
        {
            return settled;
        }

        if (_passed.TryGetValue(facts, out AddressSet? known))
        {
            return known;
        }

        if (!facts.IsUsable || !_open.Add(facts))
        {
            return AddressSet.Empty;
        }

        List<AddressSet> matched = [];
        List<int> labels = [];
        HashSet<AddressSet> met = [];
        foreach (SpfTermFacts term in facts.Terms.Where(term => term.IsEffective && term.Term.IsMechanism))
        {
            Add(MatchedBy(term), term.Term.Qualifier == SpfQualifier.Pass ? Passing : Settling);
        }

        if (facts.Redirect?.Child is { } next)
        {
            Add(PassedBy(next), Passing);
        }

        _open.Remove(facts);
        AddressSet set = Passed(matched, labels);
        _passed[facts] = set;
        return set;

        // The same set again, from a record included twice, changes nothing.
        void Add(AddressSet set, int label)
        {
            if (met.Add(set))
            {
                matched.Add(set);
                labels.Add(label);
            }
        }
    }

    /// <summary>The addresses that a term matches by itself, independent of its position.</summary>
    public AddressSet MatchedBy(SpfTermFacts facts)
    {
        if (facts.Matched is AddressSet settled)
        {
            return settled;
        }

        if (_matched.TryGetValue(facts, out AddressSet? known))
        {
            return known;
        }

        AddressSet set = Match(facts);
        work.Spend(facts.Term.Kind == SpfTermKind.Include ? 1 : 1 + set.RangeCount);
        _matched[facts] = set;
        return set;
    }

    /// <summary>The blocks of a set, which can be many more than its ranges.</summary>
    public PrintableList<AddressBlock> BlocksOf(AddressSet set)
    {
        if (set.IsDescribed)
        {
            return set.ToBlocks();
        }

        work.Spend(1 + set.RangeCount);
        PrintableList<AddressBlock> blocks = set.ToBlocks();
        work.Spend(blocks.Count);
        return blocks;
    }

    private AddressSet Match(SpfTermFacts facts) => facts.Term.Kind switch
    {
        SpfTermKind.All => AddressSet.All,
        SpfTermKind.Ip4 or SpfTermKind.Ip6 => AddressSet.Of(facts.Term.Network!.Value),
        SpfTermKind.A or SpfTermKind.Mx => AddressSet.Of(facts.Hosts.SelectMany(host => Blocks(facts.Term, host))),
        SpfTermKind.Include when facts.Child is not null => PassedBy(facts.Child),
        SpfTermKind.Exists when facts.Response?.Status == DnsStatus.NoError => AddressSet.All,
        _ => AddressSet.Empty,
    };

    private static IEnumerable<AddressBlock> Blocks(SpfTerm term, SpfHostFacts host)
    {
        foreach (AddressRecord record in host.IPv4.Records.Concat(host.IPv6.Records).OfType<AddressRecord>())
        {
            AddressNumber address = AddressNumber.From(record.Address);
            yield return new AddressBlock(address, address.IsIPv6 ? term.IPv6PrefixLength : term.IPv4PrefixLength);
        }
    }

    /// <summary>The addresses that pass, term by term. Passing terms before the last one need no order.</summary>
    private AddressSet Passed(List<AddressSet> matched, List<int> labels)
    {
        int end = labels.LastIndexOf(Passing) + 1;
        matched.RemoveRange(end, matched.Count - end);
        labels.RemoveRange(end, labels.Count - end);
        work.Spend(1 + matched.Sum(set => set.RangeCount));
        return labels.Contains(Settling) ? AddressSweep.Split(matched, labels, 2)[Passing]
            : matched.Count == 0 ? AddressSet.Empty
            : AddressSet.Union(matched);
    }
}
