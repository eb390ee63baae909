namespace Dmarc.Reports.Totals;

/// <summary>
/// Sorts groups by the first grouping, within that by the second, and so on. Periods ascend; other values are sorted by
/// the messages of all groups that share them, descending.
/// </summary>
internal sealed class MeasureOrder : IComparer<MeasureOrder.Entry>
{
    private readonly RowKey[] _keys;
    private readonly List<Entry> _entries;

    public MeasureOrder(RowKey[] keys, List<GroupTotals> groups)
    {
        _keys = keys;
        _entries = groups.ConvertAll(group => new Entry(group, new double[keys.Length]));

        // At the last level a group counts its own messages; at earlier levels, those of all groups that share its
        // value.
        for (int level = 0; level < keys.Length; level++)
        {
            Dictionary<string, double>? shared = level == keys.Length - 1 ? null : Sums(level);
            foreach (Entry entry in _entries)
            {
                entry.Messages[level] = shared?[Prefix(entry.Group, level)] ?? entry.Group.Messages;
            }
        }
    }

    /// <summary>The groups in order.</summary>
    public IEnumerable<GroupTotals> Sort()
    {
        _entries.Sort(this);
        return _entries.Select(entry => entry.Group);
    }

    /// <inheritdoc/>
    public int Compare(Entry x, Entry y)
    {
        for (int level = 0; level < _keys.Length; level++)
        {
            if (string.Equals(x.Group.Values[level], y.Group.Values[level], StringComparison.Ordinal))
            {
                continue;
            }

            int order = _keys[level].IsTime ? 0 : y.Messages[level].CompareTo(x.Messages[level]);
            return order != 0 ? order : string.CompareOrdinal(x.Group.Values[level], y.Group.Values[level]);
        }

        return 0;
    }

    private Dictionary<string, double> Sums(int level)
    {
        Dictionary<string, double> sums = new(StringComparer.Ordinal);
        foreach (Entry entry in _entries)
        {
            string prefix = Prefix(entry.Group, level);
            sums.TryGetValue(prefix, out double sum);
            sums[prefix] = sum + entry.Group.Messages;
        }

        return sums;
    }

    private static string Prefix(GroupTotals group, int level) =>
        level == 0 ? group.Values[0] : string.Join("\n", group.Values, 0, level + 1);

    /// <summary>A group, with the messages of all groups that share its values up to each level.</summary>
    internal readonly record struct Entry(GroupTotals Group, double[] Messages);
}
