namespace Dmarc.Domains;

/// <summary>An immutable, exact set of addresses of both families, as sorted ranges that do not touch.</summary>
internal sealed class AddressSet
{
    private static readonly Comparer<AddressRange> ByFirst = Comparer<AddressRange>.Create(CompareByFirst);

    private readonly AddressRange[] _ranges;
    private Description? _described;

    private AddressSet(AddressRange[] ranges) => _ranges = ranges;

    public static AddressSet Empty { get; } = new([]);

    public static AddressSet All { get; } = Of([new AddressBlock(new AddressNumber(0), 0), new AddressBlock(new AddressNumber(0, 0), 0)]);

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The ranges in order.</summary>
    public ReadOnlySpan<AddressRange> Ranges => _ranges;

    /// <summary>The number of ranges.</summary>
    public int RangeCount => _ranges.Length;

    public static AddressSet Of(IEnumerable<AddressBlock> blocks)
    {
        AddressRange[] ranges = [.. blocks.Select(block => new AddressRange(block.First, block.Last))];
        Array.Sort(ranges, ByFirst);
        return Join(ranges, ranges.Length);
    }

    /// <summary>The set of these ranges, which must be sorted and neither touch nor overlap.</summary>
    public static AddressSet OfSorted(List<AddressRange> ranges) => ranges.Count == 0 ? Empty : new AddressSet([.. ranges]);

    public static AddressSet Of(AddressBlock block) => new([new AddressRange(block.First, block.Last)]);

    public static AddressSet Union(IReadOnlyList<AddressSet> sets)
    {
        if (sets.Count == 1)
        {
            return sets[0];
        }

        int total = sets.Sum(set => set._ranges.Length);
        AddressRange[] ranges = new AddressRange[total];
        int count = 0;
        bool sorted = true;
        foreach (AddressSet set in sets)
        {
            sorted &= count == 0 || set.IsEmpty || ranges[count - 1].First.CompareTo(set._ranges[0].First) <= 0;
            set._ranges.CopyTo(ranges, count);
            count += set._ranges.Length;
        }

        if (!sorted)
        {
            Array.Sort(ranges, ByFirst);
        }

        return Join(ranges, total);
    }

    public AddressSet Union(AddressSet other) =>
        IsEmpty ? other : other.IsEmpty || ReferenceEquals(this, other) ? this : Union([this, other]);

    /// <summary>The addresses in this set but not in the other one.</summary>
    public AddressSet Except(AddressSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        List<AddressRange> left = [];
        int index = 0;
        foreach (AddressRange range in _ranges)
        {
            AddressNumber first = range.First;
            bool any = true;
            while (index < other._ranges.Length && other._ranges[index].Last.CompareTo(first) < 0)
            {
                index++;
            }

            for (int at = index; at < other._ranges.Length && other._ranges[at].First.CompareTo(range.Last) <= 0; at++)
            {
                AddressRange cut = other._ranges[at];
                if (cut.First.CompareTo(first) > 0 && cut.First.TryPrevious(out AddressNumber before))
                {
                    left.Add(new AddressRange(first, before));
                }

                if (cut.Last.CompareTo(range.Last) >= 0 || !cut.Last.TryNext(out first))
                {
                    any = false;
                    break;
                }
            }

            if (any)
            {
                left.Add(new AddressRange(first, range.Last));
            }
        }

        return left.Count == 0 ? Empty : new AddressSet([.. left]);
    }

    public bool Contains(AddressNumber address) => Covers(address, address);

    /// <summary>True if the whole block is in the set.</summary>
    public bool Covers(AddressBlock block) => Covers(block.First, block.Last);

    private bool Covers(AddressNumber first, AddressNumber last)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (first.CompareTo(_ranges[middle].First) < 0)
            {
                high = middle - 1;
            }
            else if (first.CompareTo(_ranges[middle].Last) > 0)
            {
                low = middle + 1;
            }
            else
            {
                return last.CompareTo(_ranges[middle].Last) <= 0;
            }
        }

        return false;
    }

    /// <summary>The number of IPv4 addresses in the set.</summary>
    public long CountIPv4() => Described.IPv4;

    /// <summary>The number of IPv6 addresses in the set; exact below 2^53.</summary>
    public double CountIPv6() => Described.IPv6;

    /// <summary>The minimal list of blocks with exactly these addresses, sorted, IPv4 first.</summary>
    public PrintableList<AddressBlock> ToBlocks() => Described.Blocks;

    /// <summary>True if the blocks have already been computed.</summary>
    public bool IsDescribed => _described is not null;

    private Description Described => _described ??= Describe();

    private Description Describe()
    {
        long ipv4 = 0;
        double ipv6 = 0;
        List<AddressBlock> blocks = new(_ranges.Length);
        foreach (AddressRange range in _ranges)
        {
            if (range.First.IsIPv6)
            {
                ipv6 += ((range.Last.High - range.First.High) * 18446744073709551616.0) + ((double)range.Last.Low - range.First.Low) + 1;
                AddBlocks(range, blocks);
            }
            else
            {
                ipv4 += (long)(range.Last.Low - range.First.Low) + 1;
                AddBlocksIPv4((uint)range.First.Low, (uint)range.Last.Low, blocks);
            }
        }

        return new Description(blocks.ToPrintableList(), ipv4, ipv6);
    }

    private static void AddBlocks(AddressRange range, List<AddressBlock> blocks)
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

    private static void AddBlocksIPv4(ulong first, ulong last, List<AddressBlock> blocks)
    {
        while (first <= last)
        {
            int prefixLength = 32;
            ulong size = 1;
            while (prefixLength > 0 && (first & ((size * 2) - 1)) == 0 && first + (size * 2) - 1 <= last)
            {
                size *= 2;
                prefixLength--;
            }

            blocks.Add(new AddressBlock(new AddressNumber((uint)first), prefixLength));
            first += size;
        }
    }

    /// <summary>Merges sorted ranges that touch or overlap.</summary>
    private static AddressSet Join(AddressRange[] ranges, int count)
    {
        if (count == 0)
        {
            return Empty;
        }

        int at = 0;
        for (int index = 1; index < count; index++)
        {
            AddressRange range = ranges[index];
            AddressRange current = ranges[at];
            bool joins = range.First.CompareTo(current.Last) <= 0
                || (current.Last.TryNext(out AddressNumber next) && next.Equals(range.First));
            if (!joins)
            {
                ranges[++at] = range;
            }
            else if (range.Last.CompareTo(current.Last) > 0)
            {
                ranges[at] = new AddressRange(current.First, range.Last);
            }
        }

        Array.Resize(ref ranges, at + 1);
        return new AddressSet(ranges);
    }

    private static int CompareByFirst(AddressRange left, AddressRange right) => left.First.CompareTo(right.First);

    /// <summary>Data derived from a set on demand.</summary>
    private sealed record Description(PrintableList<AddressBlock> Blocks, long IPv4, double IPv6);
}
