namespace Dmarc.Spf;

/// <summary>A set of addresses of both families as ranges that are sorted and neither touch nor overlap. Immutable and exact.</summary>
internal sealed class AddressSet
{
    private readonly Range[] _ranges;

    private AddressSet(Range[] ranges) => _ranges = ranges;

    public static AddressSet Empty { get; } = new([]);

    public static AddressSet All { get; } = Of([new AddressBlock(new AddressNumber(0), 0), new AddressBlock(new AddressNumber(0, 0), 0)]);

    public bool IsEmpty => _ranges.Length == 0;

    public static AddressSet Of(IEnumerable<AddressBlock> blocks) =>
        Merge(blocks.Select(block => new Range(block.First, block.Last)).ToList());

    public static AddressSet Of(AddressBlock block) => new([new Range(block.First, block.Last)]);

    public static AddressSet Union(IReadOnlyList<AddressSet> sets)
    {
        if (sets.Count == 1)
        {
            return sets[0];
        }

        List<Range> ranges = [];
        foreach (AddressSet set in sets)
        {
            ranges.AddRange(set._ranges);
        }

        return Merge(ranges);
    }

    public AddressSet Union(AddressSet other) => IsEmpty ? other : other.IsEmpty ? this : Merge([.. _ranges, .. other._ranges]);

    /// <summary>What is in this set and not in the other one.</summary>
    public AddressSet Except(AddressSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        List<Range> left = [];
        int index = 0;
        foreach (Range range in _ranges)
        {
            AddressNumber first = range.First;
            bool any = true;
            while (index < other._ranges.Length && other._ranges[index].Last.CompareTo(first) < 0)
            {
                index++;
            }

            for (int at = index; at < other._ranges.Length && other._ranges[at].First.CompareTo(range.Last) <= 0; at++)
            {
                Range cut = other._ranges[at];
                if (cut.First.CompareTo(first) > 0 && cut.First.TryPrevious(out AddressNumber before))
                {
                    left.Add(new Range(first, before));
                }

                if (cut.Last.CompareTo(range.Last) >= 0 || !cut.Last.TryNext(out first))
                {
                    any = false;
                    break;
                }
            }

            if (any)
            {
                left.Add(new Range(first, range.Last));
            }
        }

        return left.Count == 0 ? Empty : new AddressSet([.. left]);
    }

    /// <summary>What is in both sets.</summary>
    public AddressSet Intersect(AddressSet other) => Except(Except(other));

    public bool Contains(AddressNumber address)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (address.CompareTo(_ranges[middle].First) < 0)
            {
                high = middle - 1;
            }
            else if (address.CompareTo(_ranges[middle].Last) > 0)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a block and the set have an address in common.</summary>
    public bool Overlaps(AddressBlock block)
    {
        AddressNumber first = block.First;
        AddressNumber last = block.Last;
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (last.CompareTo(_ranges[middle].First) < 0)
            {
                high = middle - 1;
            }
            else if (first.CompareTo(_ranges[middle].Last) > 0)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where the whole block is in the set.</summary>
    public bool Covers(AddressBlock block) => Of(block).Except(this).IsEmpty;

    /// <summary>How many IPv4 addresses there are in the set.</summary>
    public long CountIPv4() => _ranges.Where(range => !range.First.IsIPv6).Sum(range => (long)(range.Last.Low - range.First.Low) + 1);

    /// <summary>How many IPv6 addresses there are in the set; exact below 2^53.</summary>
    public double CountIPv6() => _ranges.Where(range => range.First.IsIPv6).Sum(range =>
        ((range.Last.High - range.First.High) * 18446744073709551616.0) + ((double)range.Last.Low - range.First.Low) + 1);

    /// <summary>The fewest blocks that hold exactly these addresses, IPv4 first, in order.</summary>
    public PrintableList<AddressBlock> ToBlocks()
    {
        List<AddressBlock> blocks = [];
        foreach (Range range in _ranges)
        {
            AddressNumber first = range.First;
            while (true)
            {
                int prefixLength = first.Bits;
                while (prefixLength > 0
                    && first.First(prefixLength - 1).Equals(first)
                    && first.Last(prefixLength - 1).CompareTo(range.Last) <= 0)
                {
                    prefixLength--;
                }

                blocks.Add(new AddressBlock(first, prefixLength));
                AddressNumber last = first.Last(prefixLength);
                if (last.Equals(range.Last) || !last.TryNext(out first))
                {
                    break;
                }
            }
        }

        return blocks.ToPrintableList();
    }

    private static AddressSet Merge(List<Range> ranges)
    {
        if (ranges.Count == 0)
        {
            return Empty;
        }

        ranges.Sort((left, right) => left.First.CompareTo(right.First));
        List<Range> merged = [];
        Range current = ranges[0];
        foreach (Range range in ranges)
        {
            bool joins = range.First.CompareTo(current.Last) <= 0
                || (current.Last.TryNext(out AddressNumber next) && next.Equals(range.First));
            if (!joins)
            {
                merged.Add(current);
                current = range;
            }
            else if (range.Last.CompareTo(current.Last) > 0)
            {
                current = new Range(current.First, range.Last);
            }
        }

        merged.Add(current);
        return new AddressSet([.. merged]);
    }

    private readonly record struct Range(AddressNumber First, AddressNumber Last);
}
