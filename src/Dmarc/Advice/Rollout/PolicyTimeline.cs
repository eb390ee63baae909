using Dmarc.Advice.Records;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The stage shown by reports for each day. A day has the stage of most of its reports, so that a reporter with an old
/// record, or a forged report, has no effect. Not thread-safe.
/// </summary>
internal sealed class PolicyTimeline
{
    private const int MaximumDays = 8_000;

    private readonly Dictionary<DateTime, Day> _days = [];
    private AggregateReport? _report;
    private Day? _day;
    private DateTime _latest;

    /// <summary>The policy in the latest report; null if there is none.</summary>
    public RolloutRecord? Latest { get; private set; }

    /// <summary>Adds a row. The rows of one report must be consecutive.</summary>
    public void Add(AggregateReportRow row)
    {
        if (!ReferenceEquals(row.Report, _report))
        {
            _report = row.Report;
            _day = Find(row.Report);
        }

        if (_day is not null)
        {
            _day.Messages = Saturating.Add(_day.Messages, row.Count);
        }
    }

    /// <summary>True if the last day shows another stage.</summary>
    public bool EndsOtherwise(RolloutStage stage) => _days.Count > 0 && Measure(stage).Since is null;

    /// <summary>The period of a stage in the reports, up to the last day.</summary>
    public StageSpan Measure(RolloutStage stage)
    {
        KeyValuePair<DateTime, Day>[] days =
            [.. _days.OrderByDescending(day => day.Key).TakeWhile(day => day.Value.Shows(stage))];
        if (days.Length == 0)
        {
            return default;
        }

        DateTime since = days[days.Length - 1].Key;
        long messages = Saturating.Sum(days, day => day.Value.Messages);
        return new StageSpan(since, (int)(days[0].Key - since).TotalDays + 1, days.Length, messages);
    }

    private Day? Find(AggregateReport report)
    {
        if (RolloutRecord.Of(report) is not { } record || ReportDay.Of(report.Begin, report.End) is not { } date)
        {
            return null;
        }

        if (!_days.TryGetValue(date, out Day? day))
        {
            if (_days.Count >= MaximumDays)
            {
                return null;
            }

            day = new Day();
            _days.Add(date, day);
        }

        if (Latest is null || date >= _latest)
        {
            _latest = date;
            Latest = record;
        }

        day.Add(record.Policy, report.Testing);
        return day;
    }

    /// <summary>The reports of a day by policy and test mode; RFC 7489 reports lack it and count for both.</summary>
    private sealed class Day
    {
        private readonly int[] _silent = new int[3];
        private readonly int[] _enforcing = new int[3];
        private readonly int[] _testing = new int[3];

        public long Messages { get; set; }

        public void Add(DmarcPolicy policy, bool? testing) =>
            (testing is null ? _silent : testing.Value ? _testing : _enforcing)[(int)policy]++;

        /// <summary>True if most reports show the policy and, of those with a test mode, most show that.</summary>
        public bool Shows(RolloutStage stage)
        {
            (DmarcPolicy policy, bool testing) = stage.Publishes();
            int index = (int)policy;
            return Total(index) > 0
                && Total(index) == Enumerable.Range(0, 3).Max(Total)
                && (policy == DmarcPolicy.None
                    || (testing ? _testing[index] >= _enforcing[index] : _enforcing[index] >= _testing[index]));
        }

        private int Total(int policy) => _silent[policy] + _enforcing[policy] + _testing[policy];
    }
}

/// <summary>The last days on which reports show one stage.</summary>
internal readonly record struct StageSpan(DateTime? Since, int Days, int ReportedDays, long Messages);
