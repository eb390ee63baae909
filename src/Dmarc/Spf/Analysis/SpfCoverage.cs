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

    /// <summary>True for half of the IPv4 addresses and more, and for as many IPv6 addresses as are given out (2000::/3).</summary>
    public static bool IsInternet(AddressSet set) => set.CountIPv4() > uint.MaxValue / 2 || set.CountIPv6() >= Math.Pow(2, 125);

    /// <summary>The addresses that a record lets pass, by the order and the qualifiers of its terms.</summary>
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

        Walk walk = new();
        SpfDomainFacts? next = null;
        foreach (SpfTermFacts term in facts.Terms)
        {
            if (term.IsEffective && term.Term.Kind == SpfTermKind.Redirect)
            {
                next = term.Child;
            }
            else if (term.IsEffective && term.Term.IsMechanism)
            {
                walk.Take(term.Term.Qualifier, MatchedBy(term));
            }
        }

        if (next is not null)
        {
            walk.Take(SpfQualifier.Pass, PassedBy(next));
        }

        _open.Remove(facts);
        AddressSet set = walk.Finish();
        _passed[facts] = set;
        return set;
    }

    /// <summary>The addresses that a term matches by itself, wherever it stands.</summary>
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
        _matched[facts] = set;
        return set;
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

    /// <summary>
    /// What passes, term by term. Terms of one qualifier in a row are taken together: their order among themselves makes no
    /// difference, and most records have no other.
    /// </summary>
    private sealed class Walk
    {
        private readonly List<AddressSet> _run = [];
        private AddressSet _passed = AddressSet.Empty;
        private AddressSet _settled = AddressSet.Empty;
        private SpfQualifier _qualifier;

        public void Take(SpfQualifier qualifier, AddressSet matched)
        {
            if (qualifier != _qualifier)
            {
                EndRun();
                _qualifier = qualifier;
            }

            _run.Add(matched);
        }

        public AddressSet Finish()
        {
            if (_qualifier == SpfQualifier.Pass)
            {
                EndRun();
            }

            return _passed;
        }

        private void EndRun()
        {
            AddressSet matched = AddressSet.Union(_run);
            _run.Clear();
            if (_qualifier == SpfQualifier.Pass)
            {
                _passed = _passed.Union(matched.Except(_settled));
            }

            _settled = _settled.Union(matched);
        }
    }
}
