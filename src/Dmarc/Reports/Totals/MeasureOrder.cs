namespace Dmarc.Reports.Totals;

/// <summary>
/// Sorts groups by the first grouping, within that by the second, and so on. Periods ascend; other values are sorted by
/// the messages of all groups that share them, descending.
/// </summary>
internal static class MeasureOrder
{
    public static IEnumerable<GroupTotals> Sort(RowKey[] keys, List<GroupTotals> groups)
    {
        IOrderedEnumerable<GroupTotals> sorted = groups.OrderBy(_ => 0);
        for (int index = 0; index < keys.Length; index++)
        {
            int level = index;
            if (!keys[level].IsTime)
            {
                // At the last level a group counts its own messages; at earlier levels, those of all groups that share
                // its value.
                Dictionary<string, double>? shared = level == keys.Length - 1 ? null : Sums(groups, level);
                sorted = sorted.ThenByDescending(group => shared?[Prefix(group, level)] ?? group.Messages);
            }

            sorted = sorted.ThenBy(group => group.Values[level], StringComparer.Ordinal);
        }

        return sorted;
    }

    private static Dictionary<string, double> Sums(List<GroupTotals> groups, int level)
    {
        Dictionary<string, double> sums = new(StringComparer.Ordinal);
        foreach (GroupTotals group in groups)
        {
            string prefix = Prefix(group, level);
            sums.TryGetValue(prefix, out double sum);
            sums[prefix] = sum + group.Messages;
        }

        return sums;
    }

    private static string Prefix(GroupTotals group, int level) =>
        level == 0 ? group.Values[0] : string.Join("\n", group.Values, 0, level + 1);
}
