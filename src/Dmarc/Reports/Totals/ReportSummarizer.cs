using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>
/// Totals rows of aggregate reports by group as they arrive; memory grows with the groups and their distinct addresses
/// and reports. Counts saturate at <see cref="long.MaxValue"/>, as shown by <see cref="IsSaturated"/>. Not thread-safe.
/// </summary>
internal sealed class ReportSummarizer
{
    private readonly RowKey[] _keys;
    private readonly List<string>[] _values;
    private readonly bool _anyMultiple;
    private readonly ISourceKnowledge? _sources;
    private readonly int _classKey;
    private readonly string[] _scratch;
    private readonly Dictionary<string[], GroupTotals> _groups = new(GroupKeyComparer.Instance);
    private AggregateReport? _report;
    private ulong _reportHash;
    private GroupTotals? _last;
    private string[]? _lastKey;

    /// <summary>A summarizer.</summary>
    /// <param name="groupings">The groupings, outermost first; none for one total. Repeated ones count once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A grouping is not a member of the enumeration.</exception>
    public ReportSummarizer(params ReportGrouping[] groupings)
        : this(groupings, null)
    {
    }

    /// <summary>A summarizer with known facts about sources.</summary>
    /// <param name="groupings">The groupings, outermost first; none for one total. Repeated ones count once.</param>
    /// <param name="sources">
    /// The known facts about sources for <see cref="ReportGrouping.Country"/>,
    /// <see cref="ReportGrouping.NetworkOwner"/> and <see cref="ReportGrouping.Class"/>, which are otherwise empty.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A grouping is not a member of the enumeration.</exception>
    public ReportSummarizer(ReportGrouping[] groupings, ISourceKnowledge? sources)
    {
        if (groupings is null)
        {
            throw new ArgumentNullException(nameof(groupings));
        }

        if (Array.Exists(groupings, grouping => grouping is < ReportGrouping.Source or > ReportGrouping.Class))
        {
            throw new ArgumentOutOfRangeException(nameof(groupings));
        }

        Groupings = groupings.Distinct().ToPrintableList();
        _keys = [.. Groupings.Select(grouping => new RowKey(grouping, sources))];
        _values = [.. _keys.Select(_ => new List<string>())];
        _scratch = new string[_keys.Length];
        _anyMultiple = Array.Exists(_keys, key => key.IsMultiple);
        _classKey = sources is null ? -1 : Array.FindIndex(_keys, key => key.Grouping == ReportGrouping.Class);
        _sources = sources;
    }

    /// <summary>The groupings, outermost first.</summary>
    public PrintableList<ReportGrouping> Groupings { get; }

    /// <summary>True if a count reached its limit, which only forged numbers can cause.</summary>
    public bool IsSaturated { get; private set; }

    /// <summary>The number of rows without a class, because of too many sources; 0 if it was not requested.</summary>
    public long RowsWithoutClass => _classKey < 0 ? 0 : _sources!.RowsWithoutClass;

    /// <summary>Adds a row to its group, or to each of its groups if a grouping has several values.</summary>
    public void Add(AggregateReportRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        if (!ReferenceEquals(row.Report, _report))
        {
            _report = row.Report;

            // Copies of a report in two files count as one; reports without an identifier are distinguished by file.
            ReportKey key = _report.Key;
            _reportHash = DistinctCounter.Hash(
                key.ReportId.Length > 0 ? string.Join("\n", key.ReportId, key.Domain, key.Begin, key.End) : _report.Path,
                DistinctCounter.Hash(key.Organization));
        }

        if (_classKey >= 0)
        {
            _sources!.Add(row);
        }

        for (int index = 0; index < _keys.Length; index++)
        {
            if (_anyMultiple)
            {
                _keys[index].ReadAll(row, _values[index]);
            }
            else
            {
                _scratch[index] = _keys[index].Read(row);
            }
        }

        AddFrom(row, _anyMultiple ? 0 : _keys.Length);
    }

    /// <summary>
    /// The groups: periods in chronological order, all others by number of messages, descending. The first grouping is
    /// sorted first.
    /// </summary>
    /// <param name="top">
    /// The maximum number of groups, those with the most messages; the last one combines the others, with
    /// <see cref="ReportMeasure.IsRest"/> true. Null for all.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public PrintableList<ReportMeasure> GetMeasures(int? top = null)
    {
        if (top < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(top));
        }

        if (_keys.Length == 0)
        {
            GroupTotals total = _groups.Count == 0 ? new GroupTotals { Values = [] } : _groups.Values.First();
            return [total.ToMeasure(Strings.Summaries_Total)];
        }

        List<GroupTotals> groups = _classKey < 0 ? [.. _groups.Values] : Classify(_sources!);
        GroupTotals? rest = null;
        if (groups.Count > top)
        {
            List<GroupTotals> all =
                [.. groups.OrderByDescending(group => group.Messages).ThenBy(group => string.Join("\n", group.Values), StringComparer.Ordinal)];
            groups = all.GetRange(0, top.Value);
            rest = new GroupTotals { Values = [] };
            foreach (GroupTotals group in all.Skip(top.Value))
            {
                IsSaturated |= !rest.Add(group);
            }
        }

        IEnumerable<ReportMeasure> measures =
            MeasureOrder.Sort(_keys, groups).Select(group => MeasureNaming.Name(group, _keys));
        return rest is null
            ? measures.ToPrintableList()
            : [.. measures, rest.ToMeasure(Strings.Summaries_Rest) with { IsRest = true }];
    }

    /// <summary>The groups by class, once all rows of each source were added.</summary>
    private List<GroupTotals> Classify(ISourceKnowledge sources)
    {
        Dictionary<string[], GroupTotals> merged = new(GroupKeyComparer.Instance);
        foreach (GroupTotals group in _groups.Values)
        {
            string[] values = [.. group.Values];
            values[_classKey] = RowKey.ClassOf(values[_classKey], sources);
            if (!merged.TryGetValue(values, out GroupTotals? sum))
            {
                sum = new GroupTotals { Values = values };
                merged.Add(values, sum);
            }

            IsSaturated |= !sum.Add(group);
        }

        return [.. merged.Values];
    }

    private void AddFrom(AggregateReportRow row, int index)
    {
        if (index == _keys.Length)
        {
            AddToOne(row);
            return;
        }

        foreach (string value in _values[index])
        {
            _scratch[index] = value;
            AddFrom(row, index + 1);
        }
    }

    private void AddToOne(AggregateReportRow row)
    {
        if (_last is null || !GroupKeyComparer.Instance.Equals(_lastKey, _scratch))
        {
            if (!_groups.TryGetValue(_scratch, out GroupTotals? group))
            {
                string[] values = [.. _keys.Zip(_scratch, (key, value) => key.Display(value))];

                // Differs at most in letter case, which the comparer ignores.
                group = new GroupTotals { Values = values };
                _groups.Add(values, group);
            }

            _last = group;
            _lastKey = group.Values;
        }

        IsSaturated |= !_last.Add(row, _reportHash);
    }
}
