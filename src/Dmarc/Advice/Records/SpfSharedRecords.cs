using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// The cache of included records by name. Bounded: when it is full, records unused since the last time are removed. The
/// spelling of a name is part of the key, because results show it.
/// </summary>
internal sealed class SpfSharedRecords(int capacity = SpfSharedRecords.DefaultCapacity)
{
    /// <summary>Terms and ranges of addresses; a provider's record has tens to hundreds.</summary>
    public const int DefaultCapacity = 200_000;

    /// <summary>The maximum depth of the domain's own records above a foreign record.</summary>
    private const int MaximumDepth = 3;

    private readonly object _lock = new();
    private Dictionary<string, SpfSharedRecord> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, SpfSharedRecord> _older = new(StringComparer.Ordinal);
    private int _weight;

    /// <summary>The number of cached records.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _recent.Count + _older.Keys.Count(name => !_recent.ContainsKey(name));
            }
        }
    }

    public SpfSharedRecord? Find(string name)
    {
        lock (_lock)
        {
            if (!_recent.TryGetValue(name, out SpfSharedRecord? record) && _older.TryGetValue(name, out record))
            {
                Keep(name, record);
            }

            return record;
        }
    }

    /// <summary>Caches the foreign records that a domain includes, if suitable. Each name is examined once.</summary>
    public void Offer(SpfDomainFacts root, SpfWork work)
    {
        HashSet<SpfDomainFacts> met = [root];
        List<SpfDomainFacts> own = [root];
        for (int depth = 0; depth <= MaximumDepth; depth++)
        {
            List<SpfDomainFacts> deeper = [];
            foreach (SpfDomainFacts facts in own)
            {
                OfferChildren(facts, root.Domain, met, deeper, work);
            }

            own = deeper;
        }
    }

    private void OfferChildren(SpfDomainFacts facts, string owner, HashSet<SpfDomainFacts> met, List<SpfDomainFacts> own, SpfWork work)
    {
        foreach (SpfTermFacts term in facts.Terms.AsSpan())
        {
            if (term.Child is not { Shared: null } child || !met.Add(child))
            {
                continue;
            }

            if (TargetName.IsEqualToOrBelow(child.Domain, owner))
            {
                own.Add(child);
            }
            else if (child.Domain == term.Target
                && Find(child.Domain) is null
                && SpfSharedRecord.TryCreate(child, work) is SpfSharedRecord record)
            {
                child.Shared = record;
                lock (_lock)
                {
                    Keep(child.Domain, record);
                }
            }
        }
    }

    private void Keep(string name, SpfSharedRecord record)
    {
        if (_weight + record.Weight > capacity / 2)
        {
            _older = _recent;
            _recent = new Dictionary<string, SpfSharedRecord>(StringComparer.Ordinal);
            _weight = 0;
        }

        _recent[name] = record;
        _weight += record.Weight;
    }
}
