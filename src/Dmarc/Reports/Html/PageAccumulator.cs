using Dmarc.Reports.Sources;
using Dmarc.Reports.Summaries;

namespace Dmarc.Reports.Html;

/// <summary>Adds rows of all kinds up to what a page shows. Memory grows with the number of groups, not of rows.</summary>
internal sealed class PageAccumulator
{
    private readonly ReportSummarizer _total = new();
    private readonly ReportSummarizer _days = new(ReportGrouping.Day);
    private readonly ReportSummarizer _domains = new(ReportGrouping.Domain);
    private readonly ReportSummarizer _headerFroms = new(ReportGrouping.HeaderFrom);
    private readonly ReportSummarizer _reporters = new(ReportGrouping.Reporter);
    private readonly PublishedPolicies _policies = new();
    private readonly SourceTable _sources = new();
    private readonly TlsTotals _tls = new();
    private long _failureReports;

    /// <summary>Takes in a row of a report.</summary>
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
                _sources.Add(aggregate);
                break;
            case TlsReportRow tls:
                _tls.Add(tls);
                break;
            case FailureReport failure:
                _failureReports += failure.Incidents;
                break;
        }
    }

    /// <summary>What the rows came to.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="resolved">What look-ups say of addresses.</param>
    public PageData ToData(DateTimeOffset now, IReadOnlyList<SourceResult> resolved)
    {
        return new PageData
        {
            Total = _total.GetMeasures()[0],
            Timeline = PageTimeline.Of(_days.GetMeasures(), now),
            Domains = _domains.GetMeasures(),
            HeaderFroms = _headerFroms.GetMeasures(),
            Reporters = _reporters.GetMeasures(),
            Policies = _policies,
            Sources = Classify(_sources.Sources, resolved),
            RestMessages = _sources.RestMessages,
            RestPassed = _sources.RestPassed,
            Tls = _tls,
            FailureReports = _failureReports,
        };
    }

    private static List<PageSource> Classify(IReadOnlyList<SourceEvidence> sources, IReadOnlyList<SourceResult> resolved)
    {
        Dictionary<string, SourceResult> byAddress = new(StringComparer.OrdinalIgnoreCase);
        foreach (SourceResult result in resolved)
        {
            byAddress[result.SourceIP] = result;
        }

        SourceNeighbourhood neighbourhood = new();
        foreach (SourceEvidence source in sources)
        {
            neighbourhood.Add(source);
        }

        SourceClassifier classifier = new();
        List<PageSource> classified = new(sources.Count);
        foreach (SourceEvidence source in sources)
        {
            SourceResult? known = byAddress.TryGetValue(source.Source, out SourceResult? found) ? found : null;
            string name = known is null ? "" : known.Service.Length > 0 ? known.Service : known.Names.Count > 0 ? known.Names[0] : known.Owner;
            classified.Add(new PageSource(source, classifier.Classify(source, neighbourhood, known), name));
        }

        return classified;
    }
}
