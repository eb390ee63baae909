using Dmarc.Dns;

namespace Dmarc.Spf.Analysis;

/// <summary>
/// The exact sets of addresses that terms match and records let pass. What depends on the message matches nothing here;
/// a record met again inside itself adds nothing, as its evaluation ends in permerror anyway.
/// </summary>
internal sealed class SpfCoverage
{
    private readonly Dictionary<SpfDomainFacts, AddressSet> _passed = [];
    private readonly Dictionary<SpfTermFacts, AddressSet> _matched = [];
    private readonly HashSet<SpfDomainFacts> _open = [];

    /// <summary>The addresses that a record lets pass, by the order and the qualifiers of its terms.</summary>
    public AddressSet PassedBy(SpfDomainFacts facts)
    {
        if (_passed.TryGetValue(facts, out AddressSet? known))
        {
            return known;
        }

        if (!facts.IsUsable || !_open.Add(facts))
        {
            return AddressSet.Empty;
        }

        List<AddressSet> passed = [];
        AddressSet remaining = AddressSet.All;
        SpfDomainFacts? next = null;
        foreach (SpfTermFacts term in facts.Terms)
        {
            if (!term.IsEffective)
            {
                continue;
            }

            if (term.Term.Kind == SpfTermKind.Redirect)
            {
                next = term.Child;
            }
            else if (term.Term.IsMechanism)
            {
                AddressSet matched = MatchedBy(term);
                if (term.Term.Qualifier == SpfQualifier.Pass)
                {
                    passed.Add(remaining.Intersect(matched));
                }

                remaining = remaining.Except(matched);
            }
        }

        if (next is not null)
        {
            passed.Add(remaining.Intersect(PassedBy(next)));
        }

        _open.Remove(facts);
        AddressSet set = AddressSet.Union(passed);
        _passed[facts] = set;
        return set;
    }

    /// <summary>The addresses that a term matches by itself, wherever it stands.</summary>
    public AddressSet MatchedBy(SpfTermFacts facts)
    {
        if (_matched.TryGetValue(facts, out AddressSet? known))
        {
            return known;
        }

        AddressSet set = Match(facts);
        _matched[facts] = set;
        return set;
    }

    private AddressSet Match(SpfTermFacts facts) => facts.Term.Kind switch
    {
        SpfTermKind.All => AddressSet.All,
        SpfTermKind.Ip4 or SpfTermKind.Ip6 => AddressSet.Of([facts.Term.Network!.Value]),
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
}
