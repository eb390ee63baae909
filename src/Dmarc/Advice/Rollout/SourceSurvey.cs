using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Rollout;

/// <summary>A source, its class, and whether the next policy must wait for it.</summary>
internal sealed record SurveyedSource(ObservedSource Observed, SourceEvidence Recent, SourceVerdict Verdict, bool NeedsWork);

/// <summary>
/// Classifies each source by its last active weeks. A source that was silent in the last three months of the reports no
/// longer blocks anything.
/// </summary>
internal sealed class SourceSurvey
{
    /// <summary>How long a silent source counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(92);

    // Spoofing moves from address to address; a server stays.
    private const int SteadyDays = 5;

    /// <param name="observations">The observations from reports.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="isFree">True for From domains whose failing mail receivers have accepted so far.</param>
    public SourceSurvey(RolloutObservations observations, SourceClassifier classifier, Func<string, bool> isFree)
    {
        List<ObservedSource> observed = [.. observations.Sources];
        List<SourceEvidence> evidence = observed.ConvertAll(source => source.Recent);
        IReadOnlyList<SourceVerdict> verdicts = classifier.ClassifyAll(evidence);
        List<SurveyedSource> sources = new(observed.Count);
        for (int index = 0; index < observed.Count; index++)
        {
            bool gone = !observed[index].HasUndated
                && observed[index].LastSeen is { } seen
                && observations.LastSeen is { } end
                && end - seen > Memory;
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
    /// A domain without SPF and DKIM, or with an unsigned server missing from SPF, looks like a spoofed one: nothing
    /// passes. The difference is one address that sends much of the mail every day, with the domain's MAIL FROM; if
    /// nothing at all passes, with any MAIL FROM. An apparent forwarder with partly signed mail may be such a server
    /// too.
    /// </summary>
    private static bool IsUnclear(
        ObservedSource observed, SourceEvidence recent, SourceVerdict verdict, RolloutObservations observations) =>
        (verdict.Class == SourceClass.Unknown || (verdict.Class == SourceClass.Forwarder && recent.Forwarded == 0))
        && observed.FailedDays >= SteadyDays
        && observed.Failed >= observations.Messages / 20.0
        && (observations.Passed == 0 || recent.OwnMailFromFailed >= recent.Failed / 2.0);
}
