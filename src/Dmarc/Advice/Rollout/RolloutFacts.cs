using Dmarc.Advice.Records;
using Dmarc.Advice.Sources;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The input of the rules: the record, the reports and the class of each source.</summary>
internal sealed class RolloutFacts
{
    private const long LargePerDay = 5_000;
    private const int LargeSystems = 10;

    public RolloutFacts(
        DomainName domain,
        RolloutObservations observations,
        RolloutRecord? record,
        DmarcRecordResult? search,
        SourceClassifier classifier,
        DateTime now)
    {
        Domain = domain;
        Observations = observations;
        Record = record;
        Search = search;
        Now = now;
        Sources = SourceSurvey.Of(
            observations,
            classifier,
            headerFrom => record is not null && record.Applied(IsSubdomain(headerFrom)) == DmarcPolicy.None);
        Blocking = [.. Sources.Where(source => source.NeedsWork).OrderByDescending(source => source.Observed.Failed)];
        Size = FindSize();
        Span = record is null ? default : observations.Timeline.Measure(record.Stage);
        RecommendedDays = record is null ? 0 : RolloutSteps.RecommendedDays(record.Stage, Size);
    }

    public DomainName Domain { get; }

    public RolloutObservations Observations { get; }

    /// <summary>The current record; null if none applies.</summary>
    public RolloutRecord? Record { get; }

    /// <summary>The result of the search for the record; null if there was none.</summary>
    public DmarcRecordResult? Search { get; }

    public DateTime Now { get; }

    public IReadOnlyList<SurveyedSource> Sources { get; }

    /// <summary>The owner's own failing sources, ordered by failing messages.</summary>
    public IReadOnlyList<SurveyedSource> Blocking { get; }

    public SenderSize Size { get; }

    public StageSpan Span { get; }

    public int RecommendedDays { get; }

    public int RemainingDays => Math.Max(0, RecommendedDays - Span.Days);

    /// <summary>The reporters with temporary look-up errors, ordered by messages.</summary>
    public IEnumerable<RolloutTemporaryErrors> TemporaryErrors => Observations.Reporters
        .Select(reporter => reporter.ToResult())
        .Where(errors => errors.SpfMessages > 0 || errors.DkimMessages > 0)
        .OrderByDescending(errors => Math.Max(errors.SpfMessages, errors.DkimMessages))
        .ThenBy(errors => errors.Reporter, StringComparer.Ordinal)
        .Take(100);

    /// <summary>The days from the first to the last report.</summary>
    public int ObservedDays =>
        Observations is { FirstSeen: { } first, LastSeen: { } last } && last > first
            ? (int)Math.Ceiling((last - first).TotalDays)
            : 0;

    /// <summary>True if nothing in the reports passes or suggests a sender: the domain sends no mail.</summary>
    public bool IsParked => Observations is { Messages: > 0, Passed: 0, Uncounted: 0 }
        && Sources.All(source => source.Verdict.Class == SourceClass.Unknown);

    public bool IsSubdomain(string headerFrom) => !string.Equals(headerFrom, Domain.ToString(), StringComparison.OrdinalIgnoreCase);

    private SenderSize FindSize()
    {
        int systems = Sources
            .Where(source =>
                source.Observed.Messages > source.Observed.Failed && source.Verdict.Class != SourceClass.Forwarder)
            .Select(source => source.Observed.HeaderFrom + "|" + source.Verdict.Service)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Count();
        bool isMuch = ObservedDays > 0 && Observations.Passed / ObservedDays >= LargePerDay;
        return isMuch || systems >= LargeSystems ? SenderSize.Large : SenderSize.Small;
    }
}
