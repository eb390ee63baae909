using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Rollout;

/// <summary>A source, its class, and whether the next policy must wait for it.</summary>
internal sealed record SurveyedSource(ObservedSource Observed, SourceEvidence Recent, SourceVerdict Verdict, bool NeedsWork);

/// <summary>
/// Classifies each source by its last active weeks. A source that was silent in the last three months of the reports no
/// longer blocks anything.
/// </summary>
internal static class SourceSurvey
{
    /// <summary>How long a silent source counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(92);

    // Spoofing moves from address to address; a server stays.
    private const int SteadyDays = 5;

    /// <summary>Classifies the sources.</summary>
    /// <param name="observations">The observations from reports.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="isFree">True for From domains whose failing mail receivers have accepted so far.</param>
    public static SurveyedSource[] Of(
        RolloutObservations observations, SourceClassifier classifier, Func<string, bool> isFree)
    {
        List<ObservedSource> observed = [.. observations.Sources];
        List<SourceEvidence> evidence = observed.ConvertAll(source => source.Recent);
        IReadOnlyList<SourceVerdict> verdicts = classifier.ClassifyAll(evidence);
        return [.. observed.Select((source, index) => Survey(source, evidence[index], verdicts[index]))];

        SurveyedSource Survey(ObservedSource source, SourceEvidence recent, SourceVerdict verdict)
        {
            bool isGone = !source.HasUndated
                && source.LastSeen is { } seen
                && observations.LastSeen is { } end
                && end - seen > Memory;
            bool mayBeOwn = verdict.NeedsWork
                || (IsUnclear(source, recent, verdict, observations) && isFree(source.HeaderFrom));
            return new SurveyedSource(source, recent, verdict, mayBeOwn && recent.Failed > 0 && !isGone);
        }
    }

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
