namespace Dmarc.Reports.Totals;

/// <summary>
/// Counts distinct values by their 64-bit hashes; two are equal by chance once in 37 million counts of a million
/// values. A million values take 16 MiB. A value type, two for each group: it must not be copied after counting.
/// </summary>
internal struct DistinctCounter
{
    // Strangers choose the values; without knowing the seed they cannot make hashes collide.
    private static readonly ulong Seed = unchecked((ulong)BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0)) | 1;

    // Most groups have one value, or a few: the first needs no table.
    private ulong _only;
    private ulong[]? _table;
    private int _count;

    /// <summary>The number of distinct values.</summary>
    public readonly long Count => _count;

    /// <summary>The memory used by the values in bytes.</summary>
    internal readonly long Bytes => (_table?.Length ?? 0) * (long)sizeof(ulong);

    /// <summary>A hash in which all bits depend on all characters.</summary>
    public static ulong Hash(string text) => Hash(text, Seed);

    /// <summary>A hash of a text and of an earlier hash.</summary>
    public static ulong Hash(string text, ulong seed)
    {
        ulong hash = seed;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccd);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53);
        return hash ^ (hash >> 33);
    }

    /// <summary>Adds the hash of a value.</summary>
    public void Add(ulong hash)
    {
        // Zero marks an empty slot.
        hash |= hash == 0 ? 1UL : 0;
        if (_table is not null)
        {
            AddToTable(hash);
        }
        else if (_count == 0)
        {
            _only = hash;
            _count = 1;
        }
        else if (hash != _only)
        {
            _table = new ulong[8];
            Insert(_table, _only);
            Insert(_table, hash);
            _count = 2;
        }
    }

    /// <summary>Adds the values of another counter.</summary>
    public void Add(in DistinctCounter other)
    {
        if (other._table is not null)
        {
            foreach (ulong hash in other._table)
            {
                if (hash != 0)
                {
                    Add(hash);
                }
            }
        }
        else if (other._count > 0)
        {
            Add(other._only);
        }
    }

    private static bool Insert(ulong[] table, ulong hash)
    {
        int mask = table.Length - 1;
        int place = (int)(hash & (uint)mask);
        while (table[place] != 0)
        {
            if (table[place] == hash)
            {
                return false;
            }

            place = (place + 1) & mask;
        }

        table[place] = hash;
        return true;
    }

    private void AddToTable(ulong hash)
    {
        if (!Insert(_table!, hash))
        {
            return;
        }

        _count++;
        if (_count * 2L <= _table!.Length)
        {
            return;
        }

        ulong[] larger = new ulong[checked(_table.Length * 2)];
        foreach (ulong known in _table)
        {
            if (known != 0)
            {
                Insert(larger, known);
            }
        }

        _table = larger;
    }
}
