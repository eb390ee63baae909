namespace Dmarc.Reports.Summaries;

/// <summary>
/// Sorts groups: by the first grouping, within that by the second, and so on. Spans of time go forward; other values by
/// the messages of all groups that share them, most first.
/// </summary>
internal sealed class MeasureOrder : IComparer<GroupTotals>
{
    private readonly RowKey[] _keys;
    private readonly List<GroupTotals> _groups;
    private readonly Dictionary<string, double>[] _messages;

    public MeasureOrder(RowKey[] keys, List<GroupTotals> groups)
    {
        _keys = keys;
        _groups = groups;
        _messages = [.. keys.Select(_ => new Dictionary<string, double>(StringComparer.Ordinal))];
        foreach (GroupTotals group in groups)
        {
            for (int level = 0; level < keys.Length; level++)
            {
                string prefix = Prefix(group, level);
                _messages[level].TryGetValue(prefix, out double sum);
                _messages[level][prefix] = sum + group.Messages;
            }
        }
    }

    /// <summary>The groups in order.</summary>
    public IEnumerable<GroupTotals> Sort() => _groups.OrderBy(group => group, this);

    /// <inheritdoc/>
    public int Compare(GroupTotals? x, GroupTotals? y)
    {
        for (int level = 0; level < _keys.Length; level++)
        {
            if (string.Equals(x!.Values[level], y!.Values[level], StringComparison.Ordinal))
            {
                continue;
            }

            int order = _keys[level].IsTime
                ? 0
                : _messages[level][Prefix(y, level)].CompareTo(_messages[level][Prefix(x, level)]);
            return order != 0 ? order : string.CompareOrdinal(x.Values[level], y.Values[level]);
        }

        return 0;
    }

    private static string Prefix(GroupTotals group, int level) => level == 0 ? group.Values[0] : string.Join("\n", group.Values, 0, level + 1);
}
