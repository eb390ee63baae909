using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Rollout;

/// <summary>A source, what it is, and whether the next policy has to wait for it.</summary>
internal sealed record SurveyedSource(ObservedSource Observed, SourceEvidence Recent, SourceVerdict Verdict, bool NeedsWork);

/// <summary>
/// Says what each source is by the last weeks in which it sent. One that has been silent for three months at the end of the
/// reports blocks nothing any more.
/// </summary>
internal sealed class SourceSurvey
{
    /// <summary>For how long a silent source is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(92);

    // Spoofing moves from address to address; a server stays.
    private const int SteadyDays = 5;

    /// <param name="observations">What reports say.</param>
    /// <param name="classifier">Says what each source is.</param>
    /// <param name="isFree">True for From domains whose failing mail receivers let through so far.</param>
    public SourceSurvey(RolloutObservations observations, SourceClassifier classifier, Func<string, bool> isFree)
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
                (verdicts[index].NeedsWork || (IsUnclear(observed[index], evidence[index], verdicts[index], observations) && isFree(observed[index].HeaderFrom)))
                    && evidence[index].Failed > 0
                    && !gone));
        }

        Sources = sources;
    }

    public IReadOnlyList<SurveyedSource> Sources { get; }

    /// <summary>
    /// A domain without SPF and DKIM, or with a server that SPF lacks and that does not sign, looks like a spoofed one: nothing passes.
    /// What tells them apart is one address that sends a good part of the mail day by day, with the domain's MAIL FROM; where
    /// nothing at all passes, whatever the MAIL FROM. What looks like a forwarder because a part is signed may be such a server, too.
    /// </summary>
    private static bool IsUnclear(ObservedSource observed, SourceEvidence recent, SourceVerdict verdict, RolloutObservations observations) =>
        (verdict.Class == SourceClass.Unknown || (verdict.Class == SourceClass.Forwarder && recent.Forwarded == 0))
        && observed.FailedDays >= SteadyDays
        && observed.Failed >= observations.Messages / 20.0
        && (observations.Passed == 0 || recent.OwnMailFromFailed >= recent.Failed / 2.0);
}
