using Dmarc.Reports.Aggregate;
using Dmarc.Text;

namespace Dmarc.Reports.Totals;

/// <summary>
/// Adds up rows of aggregate reports by group while they come; memory grows with the groups, and with the different addresses
/// and reports in them. Counts that would be larger than <see cref="long.MaxValue"/> stay there, which <see cref="IsSaturated"/> tells. Not for several
/// threads at once.
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
    /// <param name="groupings">By what rows are brought together, the outermost first; none for one total. Repeated ones count once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A grouping is none of the enumeration.</exception>
    public ReportSummarizer(params ReportGrouping[] groupings)
        : this(groupings, null)
    {
    }

    /// <summary>A summarizer that knows something of the sources.</summary>
    /// <param name="groupings">By what rows are brought together, the outermost first; none for one total. Repeated ones count once.</param>
    /// <param name="sources">
    /// What is known of the sources, for <see cref="ReportGrouping.Country"/>, <see cref="ReportGrouping.NetworkOwner"/> and
    /// <see cref="ReportGrouping.Class"/>, which are empty without it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A grouping is none of the enumeration.</exception>
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

    /// <summary>By what rows are brought together, the outermost first.</summary>
    public PrintableList<ReportGrouping> Groupings { get; }

    /// <summary>True if a count came to its limit and stays there, as only a report with made-up numbers can bring about.</summary>
    public bool IsSaturated { get; private set; }

    /// <summary>How many rows have no class, because there were too many sources to judge each; 0 if the class was not asked for.</summary>
    public long RowsWithoutClass => _classKey < 0 ? 0 : _sources!.RowsWithoutClass;

    /// <summary>Adds a row to its group, or to each of its groups where a grouping has several values.</summary>
    /// <param name="row">The row.</param>
    public void Add(AggregateReportRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        if (!ReferenceEquals(row.Report, _report))
        {
            _report = row.Report;

            // Copies of a report in two files are one; reports without an identifier are told apart by their files.
            ReportKey key = _report.Key;
            _reportHash = DistinctCounter.Hash(
                key.ReportId.Length > 0 ? string.Join("\n", key.ReportId, key.Domain, key.Begin, key.End) : _report.Path,
                DistinctCounter.Hash(key.Organization));
        }

        if (_classKey >= 0)
        {
            _sources!.Add(row);
        }

        if (_anyMultiple)
        {
            AddToAll(row);
            return;
        }

        for (int index = 0; index < _keys.Length; index++)
        {
            _scratch[index] = _keys[index].Read(row);
        }

        AddToOne(row);
    }

    /// <summary>
    /// The groups: spans of time in their order, everything else by the number of messages, most first. Of several groupings
    /// the first one sorts first.
    /// </summary>
    /// <param name="top">
    /// Only so many groups, those with the most messages; the others come as one, the last, whose <see cref="ReportMeasure.IsRest"/>
    /// is true. Null for all.
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
            List<GroupTotals> all = [.. groups.OrderByDescending(group => group.Messages).ThenBy(group => string.Join("\n", group.Values), StringComparer.Ordinal)];
            groups = all.GetRange(0, top.Value);
            rest = new GroupTotals { Values = [] };
            foreach (GroupTotals group in all.Skip(top.Value))
            {
                IsSaturated |= !rest.Add(group);
            }
        }

        IEnumerable<ReportMeasure> measures = new MeasureOrder(_keys, groups).Sort().Select(group => MeasureNaming.Name(group, _keys));
        return rest is null
            ? measures.ToPrintableList()
            : [.. measures, rest.ToMeasure(Strings.Summaries_Rest) with { IsRest = true }];
    }

    /// <summary>The groups by class, now that the rows of each source are there.</summary>
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

    private void AddToAll(AggregateReportRow row)
    {
        for (int index = 0; index < _keys.Length; index++)
        {
            _keys[index].ReadAll(row, _values[index]);
        }

        AddFrom(row, 0);
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
                string[] values = new string[_scratch.Length];
                for (int index = 0; index < values.Length; index++)
                {
                    values[index] = _keys[index].Display(_scratch[index]);
                }

                // Differs from what was read in the case of letters at most, which the comparer does not heed.
                group = new GroupTotals { Values = values };
                _groups.Add(values, group);
            }

            _last = group;
            _lastKey = group.Values;
        }

        IsSaturated |= !_last.Add(row, _reportHash);
    }
}
