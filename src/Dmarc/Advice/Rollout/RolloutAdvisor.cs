using Dmarc.Advice.Records;
using Dmarc.Advice.Sources;
using Dmarc.Dns;
using Dmarc.Reports;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// Determines the progress of a domain towards <c>p=reject</c>, what blocks the next step, and the next record. It
/// never advises a stricter policy while a fixable source of the owner fails. Makes no queries; thread-safe.
/// </summary>
/// <param name="classifier">The source classifier; by default with the embedded services.</param>
/// <param name="clock">The clock; by default the system clock.</param>
/// <param name="suffixes">Organizational Domains for the next record; by default the public suffix list.</param>
internal sealed class RolloutAdvisor(
    SourceClassifier? classifier = null, IClock? clock = null, IOrganizationalDomainSource? suffixes = null)
{
    private readonly SourceClassifier _classifier = classifier ?? new SourceClassifier();
    private readonly IClock _clock = clock ?? SystemClock.Instance;

    /// <summary>Returns the advice for one domain.</summary>
    /// <param name="observations">The observations from reports; may be empty.</param>
    /// <param name="record">
    /// The result of the search for its record, or a given record; null to use the policy in the latest reports.
    /// </param>
    public RolloutResult Advise(RolloutObservations observations, DmarcRecordResult? record = null)
    {
        if (!DomainName.TryParse(observations.Domain, out DomainName? domain))
        {
            return RolloutResult.ForInvalidDomainName(observations.Domain, Strings.Rollout_NoDomain);
        }

        RolloutRecord? present = record is not null ? RolloutRecord.Of(record)
            : observations.Timeline.Latest;
        RolloutFacts facts = new(domain, observations, present, record, _classifier, _clock.UtcNow.UtcDateTime);
        if (record is { Status: DmarcRecordStatus.DnsFailure } failed)
        {
            string failure = failed.Status.ToStatusText(failed.DnsFailure);
            RolloutAdvice unknown = new(RolloutVerdict.Unknown, RolloutFindings.RecordUnknown.Create(domain, failure));
            return Describe(facts, unknown, null) with
            {
                DnsFailure = failed.DnsFailure,

                // Without the record the current stage is unknown, and so is the effect of the next one.
                RecordOrigin = null,
                DaysAtStage = null,
                ReportedDaysAtStage = null,
                MessagesAtStage = null,
                RecommendedDays = null,
                RemainingDays = null,
                ImpactStage = null,
                Impact = PrintableList<RolloutSource>.Empty,
                ImpactByClass = PrintableList<RolloutClassImpact>.Empty,
                ImpactMessages = null,
                ImpactOwnMessages = null,
                ImpactForwardedMessages = null,
                IsBimiReady = null,
                BimiReason = null,
            };
        }

        RolloutAdvice advice = RolloutRules.Judge(facts);
        return Describe(facts, advice, NextRecordBuilder.Build(facts, advice, suffixes));
    }

    private static RolloutResult Describe(RolloutFacts facts, RolloutAdvice advice, DmarcRecordDraft? draft)
    {
        RolloutObservations observations = facts.Observations;
        PolicyImpact impact = new(facts);
        PrintableList<RolloutClassImpact> classes = impact.Classes();
        List<Finding> findings = [.. advice.Reasons, .. RolloutNotes.Check(facts, advice)];
        string obstacle = RolloutRecord.FindBimiObstacle(facts.Record);
        RolloutRecord? record = facts.Record;
        return new RolloutResult
        {
            Domain = facts.Domain.ToString(),
            Status = StatusOf(facts),
            DnsFailure = facts.Search?.ReportFailure,
            Verdict = advice.Verdict,
            Reasons = advice.Reasons.Select(reason => reason.Message).ToPrintableList(),
            Stage = record?.Stage,
            NextStage = advice.Publish ?? (record is null ? null : RolloutSteps.Next(record)),
            CurrentRecord = record?.Text,
            RecordOrigin = record?.Origin ?? RolloutRecordOrigin.None,
            RecordDomain = record?.Domain?.ToString(),
            Policy = record?.Policy,
            SubdomainPolicy = record is null ? null : record.SubdomainPolicy ?? record.Policy,
            Testing = record?.Testing,
            Percentage = record?.Percentage,
            NextRecord = draft?.Value ?? record?.Text,
            Draft = draft,
            Size = facts.Size,
            StageSince = facts.Span.Since,
            DaysAtStage = facts.Span.Days,
            ReportedDaysAtStage = facts.Span.ReportedDays,
            MessagesAtStage = facts.Span.Messages,
            RecommendedDays = facts.RecommendedDays,
            RemainingDays = facts.RemainingDays,
            Messages = observations.Messages,
            Passed = observations.Passed,
            PassRate = observations.Messages == 0 ? null : Math.Round((double)observations.Passed / observations.Messages, 6),
            FirstSeen = observations.FirstSeen,
            LastSeen = observations.LastSeen,
            BlockingSources = impact.Sources(facts.Blocking, true).ToPrintableList(),
            ImpactStage = impact.Stage,
            ImpactMessages = Sum(classes, _ => true),
            ImpactOwnMessages = Sum(
                classes,
                one => one is SourceClass.AlignedSender or SourceClass.KnownServiceNotAligned or SourceClass.OwnNetworkMissingFromSpf),
            ImpactForwardedMessages = Sum(classes, one => one == SourceClass.Forwarder),
            Impact = impact.Sources(facts.Sources, false).ToPrintableList(),
            ImpactByClass = classes,
            Subdomains = impact.Subdomains(),
            TemporaryErrors = facts.TemporaryErrors.ToPrintableList(),
            IsBimiReady = obstacle.Length == 0,
            BimiReason = obstacle,
            Findings = findings.About(facts.Domain.ToString()),
        };
    }

    private static RolloutStatus StatusOf(RolloutFacts facts) =>
        facts.Search?.Status.ToRolloutStatus()
        ?? (facts.Observations.Messages == 0 ? RolloutStatus.NoReports : facts.Record is null ? RolloutStatus.NoRecord : RolloutStatus.Ready);

    private static long Sum(PrintableList<RolloutClassImpact> classes, Func<SourceClass, bool> counts) =>
        Saturating.Sum(
            classes.Where(one => counts(one.Class)),
            one => Saturating.Add(one.WouldQuarantine, one.WouldReject));
}
