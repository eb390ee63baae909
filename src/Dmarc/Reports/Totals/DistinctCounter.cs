namespace Dmarc.Reports.Totals;

/// <summary>
/// Counts different values by their 64-bit hashes: exactly up to <see cref="MaximumExact"/>, and from there on by an estimate
/// (HyperLogLog, standard error 0.8 percent), so that no flood of values makes it take more than 300 kB. A value type, because there are
/// two in every group: it must not be copied once it has counted.
/// </summary>
internal struct DistinctCounter
{
    /// <summary>Up to this many the count is exact.</summary>
    public const int MaximumExact = 1 << 14;

    private const int RegisterBits = 14;
    private const int Registers = 1 << RegisterBits;

    // Most groups see one value, or a few: the first needs no table.
    private ulong _only;
    private ulong[]? _table;
    private byte[]? _registers;
    private int _count;

    /// <summary>How many different values there were.</summary>
    public readonly long Count => _registers is null ? _count : Estimate(_registers);

    /// <summary>A hash whose bits all depend on all characters.</summary>
    public static ulong Hash(string text, ulong seed = 14695981039346656037)
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

    /// <summary>Takes a value's hash.</summary>
    public void Add(ulong hash)
    {
        // Zero marks an empty place.
        hash |= hash == 0 ? 1UL : 0;
        if (_registers is not null)
        {
            Register(_registers, hash);
        }
        else if (_table is not null)
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

    /// <summary>Takes the values of another counter.</summary>
    public void Add(in DistinctCounter other)
    {
        if (other._registers is not null)
        {
            ToRegisters();
            for (int index = 0; index < Registers; index++)
            {
                _registers![index] = Math.Max(_registers[index], other._registers[index]);
            }
        }
        else if (other._table is not null)
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
        if (_count > MaximumExact)
        {
            ToRegisters();
        }
        else if (_count * 2 > _table!.Length)
        {
            ulong[] larger = new ulong[_table.Length * 2];
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

    private void ToRegisters()
    {
        if (_registers is not null)
        {
            return;
        }

        _registers = new byte[Registers];
        foreach (ulong hash in _table ?? [_only])
        {
            if (hash != 0)
            {
                Register(_registers, hash);
            }
        }

        _table = null;
    }

    private static void Register(byte[] registers, ulong hash)
    {
        int register = (int)(hash >> (64 - RegisterBits));
        ulong rest = hash << RegisterBits;
        byte rank = 1;
        while ((rest & (1UL << 63)) == 0 && rank <= 64 - RegisterBits)
        {
            rest <<= 1;
            rank++;
        }

        registers[register] = Math.Max(registers[register], rank);
    }

    // The estimator of Ertl (2017, "New cardinality estimation algorithms for HyperLogLog sketches"), which needs no table of corrections.
    private static long Estimate(byte[] registers)
    {
        const int MaximumRank = 64 - RegisterBits + 1;
        int[] ranks = new int[MaximumRank + 1];
        foreach (byte rank in registers)
        {
            ranks[rank]++;
        }

        double sum = Registers * Tau(1 - ((double)ranks[MaximumRank] / Registers));
        for (int rank = MaximumRank - 1; rank >= 1; rank--)
        {
            sum = 0.5 * (sum + ranks[rank]);
        }

        sum += Registers * Sigma((double)ranks[0] / Registers);
        return (long)Math.Round((double)Registers * Registers / (2 * Math.Log(2) * sum));
    }

    private static double Sigma(double x)
    {
        double weight = 1;
        double sum = x;
        double before;
        do
        {
            x *= x;
            before = sum;
            sum += x * weight;
            weight += weight;
        }
        while (sum > before);
        return sum;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double weight = 1;
        double sum = 1 - x;
        double before;
        do
        {
            x = Math.Sqrt(x);
            before = sum;
            weight *= 0.5;
            sum -= (1 - x) * (1 - x) * weight;
        }
        while (sum < before);
        return sum / 3;
    }
}
