using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// What the rows of one policy domain say for its roll-out, gathered while they come. Memory is bounded: beyond 50,000 pairs of
/// address and From domain, further addresses count by their networks, and beyond as many again rows are only counted. Not
/// for several threads at once.
/// </summary>
internal sealed class RolloutObservations
{
    private const int MaximumAddresses = 50_000;
    private const int MaximumSources = 100_000;
    private const int MaximumReporters = 2_000;
    private const int DaysOfFuture = 2;

    private readonly Dictionary<SourceKey, ObservedSource> _sources = [];
    private readonly Dictionary<string, ReporterTally> _reporters = new(StringComparer.OrdinalIgnoreCase);
    private readonly SourceNetwork _networks = new();
    private readonly DateTime _latestBelievable;
    private readonly bool _keepsAll;
    private AggregateReport? _report;
    private int _week;
    private ReporterTally? _reporter;

    /// <summary>Begins without rows.</summary>
    /// <param name="domain">The domain whose policy the rows were evaluated by (<see cref="AggregateReportRow.Domain"/>).</param>
    /// <param name="clock">Tells which dates lie in the future and are not believed; that of the machine by default.</param>
    /// <param name="keepsAll">True to keep the evidence of all weeks.</param>
    public RolloutObservations(string domain, IClock? clock = null, bool keepsAll = false)
    {
        _keepsAll = keepsAll;
        Domain = domain;
        _latestBelievable = (clock ?? SystemClock.Instance).UtcNow.UtcDateTime.AddDays(DaysOfFuture);
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The messages of all rows that say whether they passed.</summary>
    public long Messages { get; private set; }

    /// <summary>Those of them that passed.</summary>
    public long Passed { get; private set; }

    /// <summary>The start of the first report, in UTC; null if none is known.</summary>
    public DateTime? FirstSeen { get; private set; }

    /// <summary>The end of the last report, in UTC; null if none is known.</summary>
    public DateTime? LastSeen { get; private set; }

    /// <summary>The messages of sources beyond the bound, of which nothing else is known.</summary>
    public long Uncounted { get; private set; }

    /// <summary>The messages of rows that do not say whether they passed.</summary>
    public long Unevaluated { get; private set; }

    internal IReadOnlyCollection<ObservedSource> Sources => _sources.Values;

    internal IReadOnlyCollection<ReporterTally> Reporters => _reporters.Values;

    internal PolicyTimeline Timeline { get; } = new();

    /// <summary>Adds a row of the domain.</summary>
    /// <param name="row">The row. Its <see cref="AggregateReportRow.Domain"/> is not looked at.</param>
    /// <remarks>
    /// A row that does not say whether it passed counts only in <see cref="Unevaluated"/>: it tells nothing of what a
    /// policy would do.
    /// </remarks>
    /// <returns>False if there are too many sources, so that the row only counts in <see cref="Uncounted"/>.</returns>
    public bool Add(AggregateReportRow row)
    {
        if (row.Passed is not { } passed)
        {
            Unevaluated = Saturating.Add(Unevaluated, row.Count);
            if (_keepsAll)
            {
                Find(row)?.AddUnevaluated(row);
            }

            return true;
        }

        if (!ReferenceEquals(row.Report, _report))
        {
            _report = row.Report;
            Begin(row.Report);
        }

        Messages = Saturating.Add(Messages, row.Count);
        Passed = Saturating.Add(Passed, passed ? row.Count : 0);
        _reporter?.Add(row);
        if (_week != int.MinValue)
        {
            Timeline.Add(row);
        }

        if (Find(row) is { } source)
        {
            source.Add(row, _week);
            return true;
        }

        Uncounted = Saturating.Add(Uncounted, Math.Max(1, row.Count));
        return false;
    }

    private void Begin(AggregateReport report)
    {
        _week = int.MinValue;
        if (ReportDay.Of(report.Begin, report.End) is { } day && day <= _latestBelievable)
        {
            _week = (int)(ReportDay.Week(day).Ticks / (7 * TimeSpan.TicksPerDay));
            FirstSeen = FirstSeen is null || report.Begin < FirstSeen ? report.Begin ?? FirstSeen : FirstSeen;
            LastSeen = LastSeen is null || report.End > LastSeen ? report.End ?? LastSeen : LastSeen;
        }

        if (!_reporters.TryGetValue(report.OrganizationName, out _reporter) && _reporters.Count < MaximumReporters)
        {
            _reporter = new ReporterTally(report.OrganizationName);
            _reporters.Add(report.OrganizationName, _reporter);
        }
    }

    private ObservedSource? Find(AggregateReportRow row)
    {
        string from = DomainKey.FoldForm(row.HeaderFrom);
        SourceKey key = new(row.SourceIP, from);
        if (_sources.TryGetValue(key, out ObservedSource? source))
        {
            return source;
        }

        string name = row.SourceIP;
        if (_sources.Count >= MaximumAddresses)
        {
            string network = _networks.Of(name);
            name = network.Length > 0 ? network : name;
            key = new SourceKey(name, from);
            if (_sources.TryGetValue(key, out source))
            {
                return source;
            }
        }

        if (_sources.Count >= MaximumSources)
        {
            return null;
        }

        source = new ObservedSource(name, Name(from), row.Report.OrganizationalDomains, _keepsAll);
        _sources.Add(key, source);
        return source;
    }

    private static string Name(string headerFrom) =>
        DomainName.TryParse(headerFrom, out DomainName? name) ? name.ToString() : headerFrom;
}
