namespace Dmarc.Spf.Analysis;

/// <summary>
/// The included records of an analyser by their names. Bounded: when there is too much, what nobody asked for since the last time
/// there was too much is forgotten. The look of a name is part of it, as results show it.
/// </summary>
internal sealed class SpfSharedRecords(int capacity = SpfSharedRecords.DefaultCapacity)
{
    /// <summary>Terms and ranges of addresses; a record of a provider has some tens to some hundreds.</summary>
    public const int DefaultCapacity = 200_000;

    /// <summary>How many records of the domain itself may stand between it and a record of others.</summary>
    private const int MaximumDepth = 3;

    private readonly object _lock = new();
    private Dictionary<string, SpfSharedRecord> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, SpfSharedRecord> _older = new(StringComparer.Ordinal);
    private int _weight;

    /// <summary>How many records are held.</summary>
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

    /// <summary>Keeps the records of others to which those of a domain lead, where they are fit to be kept.</summary>
    public void Offer(SpfDomainFacts root) => Offer(root, root.Domain, 0);

    private void Offer(SpfDomainFacts facts, string owner, int depth)
    {
        foreach (SpfTermFacts term in facts.Terms.AsSpan())
        {
            if (term.Child is not { Shared: null } child)
            {
                continue;
            }

            if (TargetName.IsEqualToOrBelow(child.Domain, owner))
            {
                if (depth < MaximumDepth)
                {
                    Offer(child, owner, depth + 1);
                }
            }
            else if (child.Domain == term.Target && Find(child.Domain) is null && SpfSharedRecord.TryCreate(child) is SpfSharedRecord record)
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
