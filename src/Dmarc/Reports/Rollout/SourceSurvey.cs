using Dmarc.Reports.Sources;

namespace Dmarc.Reports.Rollout;

/// <summary>A source, what it is, and whether the next policy has to wait for it.</summary>
internal sealed record SurveyedSource(ObservedSource Observed, SourceEvidence Recent, SourceVerdict Verdict, bool NeedsWork);

/// <summary>
/// Says what each source is by the last weeks in which it sent. One that has been silent for three months at the end of the
/// reports blocks nothing any more.
/// </summary>
internal sealed class SourceSurvey
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(92);

    public SourceSurvey(RolloutObservations observations, SourceClassifier classifier)
    {
        List<ObservedSource> observed = [.. observations.Sources];
        List<SourceEvidence> evidence = observed.ConvertAll(source => source.Recent);
        IReadOnlyList<SourceVerdict> verdicts = classifier.ClassifyAll(evidence);
        List<SurveyedSource> sources = new(observed.Count);
        for (int index = 0; index < observed.Count; index++)
        {
            bool gone = !observed[index].HasUndated && observed[index].LastSeen is { } seen && observations.LastSeen is { } end && end - seen > Memory;
            sources.Add(new SurveyedSource(
                observed[index],
                evidence[index],
                verdicts[index],
                verdicts[index].NeedsWork && evidence[index].Failed > 0 && !gone));
        }

        Sources = sources;
    }

    public IReadOnlyList<SurveyedSource> Sources { get; }
}
