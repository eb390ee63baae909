using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>The totals of a group while its rows arrive.</summary>
internal sealed class GroupTotals
{
    private const int ReasonTypes = (int)OverrideReasonType.SampledOut + 1;

    private DistinctCounter _reports;
    private DistinctCounter _sources;
    private ulong _lastReport;
    private string? _lastSource;
    private long[]? _byReason;
    private long _passed;
    private long _unevaluated;
    private long _dkimAligned;
    private long _spfAligned;
    private long _bothAligned;
    private long _quarantined;
    private long _rejected;
    private long _overridden;
    private long _rows;
    private DateTime? _first;
    private DateTime? _last;

    /// <summary>The values that identify the group, as displayed.</summary>
    public required string[] Values { get; init; }

    /// <summary>The number of messages.</summary>
    public long Messages { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <returns>False if a count has reached its limit, where it remains.</returns>
    public bool Add(AggregateReportRow row, ulong report)
    {
        long count = Math.Max(0, row.Count);
        bool fits = Messages <= long.MaxValue - count;

        // No other count exceeds that of the messages, so none overflows before it.
        count = fits ? count : long.MaxValue - Messages;
        Messages += count;
        _rows++;
        bool dkim = row.DkimAligned == true;
        bool spf = row.SpfAligned == true;
        if (dkim || spf)
        {
            _passed += count;
            _dkimAligned += dkim ? count : 0;
            _spfAligned += spf ? count : 0;
            _bothAligned += dkim && spf ? count : 0;
        }
        else if (row.Passed is null)
        {
            _unevaluated += count;
        }

        if (row.Disposition == ReportedDisposition.Quarantine)
        {
            _quarantined += count;
        }
        else if (row.Disposition == ReportedDisposition.Reject)
        {
            _rejected += count;
        }

        if (row.OverrideReasons.Count > 0)
        {
            AddReasons(row.OverrideReasons.AsSpan(), count);
        }

        if (!ReferenceEquals(_lastSource, row.SourceIP))
        {
            _lastSource = row.SourceIP;
            _sources.Add(DistinctCounter.Hash(_lastSource));
        }

        if (report != _lastReport || _rows == 1)
        {
            _lastReport = report;
            _reports.Add(report);
            AddTime(row.Begin, row.End);
        }

        return fits;
    }

    /// <summary>Adds the totals of another group.</summary>
    /// <returns>False if a count has reached its limit, where it remains.</returns>
    public bool Add(GroupTotals other)
    {
        bool fits = Messages <= long.MaxValue - other.Messages;
        Messages = Saturating.Add(Messages, other.Messages);
        _passed = Saturating.Add(_passed, other._passed);
        _unevaluated = Saturating.Add(_unevaluated, other._unevaluated);
        _dkimAligned = Saturating.Add(_dkimAligned, other._dkimAligned);
        _spfAligned = Saturating.Add(_spfAligned, other._spfAligned);
        _bothAligned = Saturating.Add(_bothAligned, other._bothAligned);
        _quarantined = Saturating.Add(_quarantined, other._quarantined);
        _rejected = Saturating.Add(_rejected, other._rejected);
        _overridden = Saturating.Add(_overridden, other._overridden);
        _rows += other._rows;
        for (int type = 0; other._byReason is not null && type < ReasonTypes; type++)
        {
            _byReason ??= new long[ReasonTypes];
            _byReason[type] = Saturating.Add(_byReason[type], other._byReason[type]);
        }

        _reports.Add(other._reports);
        _sources.Add(other._sources);
        AddTime(other._first, other._last);
        return fits;
    }

    /// <summary>The result, without the properties that identify the group.</summary>
    public ReportMeasure ToMeasure(string group)
    {
        long evaluated = Messages - _unevaluated;
        return new ReportMeasure
        {
            Group = group,
            Messages = Messages,
            Passed = _passed,
            Failed = evaluated - _passed,
            Unevaluated = _unevaluated,
            PassRate = evaluated == 0 ? null : Math.Round((double)_passed / evaluated, 6),
            DkimAligned = _dkimAligned,
            SpfAligned = _spfAligned,
            BothAligned = _bothAligned,
            NeitherAligned = evaluated - _passed,
            Quarantined = _quarantined,
            Rejected = _rejected,
            Overridden = _overridden,
            Overrides = Overrides(),
            Rows = _rows,
            Reports = _reports.Count,
            Sources = _sources.Count,
            FirstSeen = _first,
            LastSeen = _last,
        };
    }

    private void AddReasons(ReadOnlySpan<OverrideReason> reasons, long count)
    {
        _overridden += count;
        _byReason ??= new long[ReasonTypes];
        int seen = 0;
        foreach (OverrideReason reason in reasons)
        {
            int bit = 1 << (int)reason.Type;
            if ((seen & bit) == 0)
            {
                seen |= bit;
                _byReason[(int)reason.Type] += count;
            }
        }
    }

    private void AddTime(DateTime? begin, DateTime? end)
    {
        _first = begin < _first ? begin : _first ?? begin;
        _last = end > _last ? end : _last ?? end;
    }

    private PrintableList<OverrideCount> Overrides() => _byReason is null
        ? PrintableList<OverrideCount>.Empty
        : _byReason
            .Select((messages, type) => new OverrideCount((OverrideReasonType)type, messages))
            .Where(count => count.Messages > 0)
            .OrderByDescending(count => count.Messages)
            .ToPrintableList();
}
