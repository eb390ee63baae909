using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>Accumulates rows of all kinds for a page. Memory grows with the number of groups, not of rows.</summary>
internal sealed class PageAccumulator(IClock? clock = null)
{
    private const int MaximumAdvised = 50;

    private readonly IClock _clock = clock ?? SystemClock.Instance;
    private readonly RolloutCollector _rollout = new(null, clock, keepsAll: true);
    private readonly ReportSummarizer _total = new();
    private readonly ReportSummarizer _days = new(ReportGrouping.Day);
    private readonly ReportSummarizer _domains = new(ReportGrouping.Domain);
    private readonly ReportSummarizer _headerFroms = new(ReportGrouping.HeaderFrom);
    private readonly ReportSummarizer _reporters = new(ReportGrouping.Reporter);
    private readonly PublishedPolicies _policies = new();
    private readonly SourceTable _sources = new();
    private readonly TlsTotals _tls = new();
    private long _failureReports;

    /// <summary>Adds a row of a report.</summary>
    public void Add(object row)
    {
        switch (row)
        {
            case AggregateReportRow aggregate:
                _total.Add(aggregate);
                _days.Add(aggregate);
                _domains.Add(aggregate);
                _headerFroms.Add(aggregate);
                _reporters.Add(aggregate);
                _policies.Add(aggregate);
                if (!_rollout.Add(aggregate))
                {
                    _sources.Add(aggregate);
                }

                break;
            case TlsReportRow tls:
                _tls.Add(tls);
                break;
            case FailureReport failure:
                _failureReports = Saturating.Add(_failureReports, failure.Incidents);
                break;
        }
    }

    /// <summary>The accumulated data; to be called once, after all rows.</summary>
    /// <param name="owners">Known facts about addresses.</param>
    public PageData ToData(SourceKnowledge owners)
    {
        RolloutAdvisor advisor = new(null, _clock);
        IEnumerable<RolloutObservations> advised =
            _rollout.Domains.OrderByDescending(domain => domain.Messages).Take(MaximumAdvised);
        RolloutResult[] advice = [.. advised.Select(domain => advisor.Advise(domain))];

        // Besides the sources beyond the limits of the rollout.
        foreach (ObservedSource source in _rollout.Domains.SelectMany(domain => domain.Sources))
        {
            _sources.Add(source.All);
        }

        return new PageData(
            _total.GetMeasures()[0],
            PageTimeline.Of(_days.GetMeasures(), _clock.UtcNow),
            _domains.GetMeasures(),
            _headerFroms.GetMeasures(),
            _reporters.GetMeasures(),
            advice,
            _policies,
            Classify(_sources.Sources, owners),
            _sources.RestMessages,
            _tls,
            _failureReports);
    }

    private static PageSource[] Classify(IReadOnlyList<SourceEvidence> sources, SourceKnowledge owners)
    {
        IReadOnlyList<SourceVerdict> verdicts =
            new SourceClassifier().ClassifyAll(sources, source => owners.ResultOf(source.Source));
        return [.. sources.Zip(verdicts, ToSource)];

        PageSource ToSource(SourceEvidence source, SourceVerdict verdict)
        {
            SourceResult? known = owners.ResultOf(source.Source);
            return new PageSource(
                source,
                verdict,
                known?.Sender ?? "",
                known is { Service.Length: > 0 } ? known.Service : verdict.Service,
                owners.OwnerOf(source.Source),
                owners.CountryOf(source.Source));
        }
    }
}
