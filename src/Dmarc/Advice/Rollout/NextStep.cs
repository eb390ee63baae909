using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The next step of a domain, once its reports are clean: what <see cref="RolloutRules"/> come to where no source fails and the stage was
/// seen for long enough. So commands that have no reports name the same record as the roll-out.
/// </summary>
/// <param name="Advice">What to change.</param>
/// <param name="Present">The record that applies; null if none does.</param>
/// <param name="Builder">What makes the record to publish; null if none can be proposed, because no address for reports is known.</param>
internal sealed record NextStep(RolloutAdvice Advice, RolloutRecord? Present, DmarcRecordBuilder? Builder)
{
    /// <summary>The record to publish; null if none can be proposed.</summary>
    public DmarcRecordDraft? Draft { get; } = Builder?.Build();

    /// <summary>True if receivers are to do more with mail that fails; false if reports have to come first.</summary>
    public bool Tightens => Advice.Verdict == RolloutVerdict.Advance;

    /// <summary>The next step of a domain that sends mail.</summary>
    /// <param name="result">What the search for its record ended with.</param>
    /// <returns>Null where the record is not known, or nothing is left to do.</returns>
    public static NextStep? Of(DmarcRecordResult result)
    {
        RolloutRecord? present = RolloutRecord.Of(result);
        RolloutAdvice? advice = present is not null ? Judge(present, result) : Begin(result.Status.ToRolloutStatus());
        return advice is { Publishes: true } ? Of(result, advice, present) : null;
    }

    /// <summary>
    /// The step of a domain that sends nothing, which has no mail of its own to lose: to reject at once, and to leave no name below it out.
    /// </summary>
    /// <param name="result">What the search for its record ended with.</param>
    /// <param name="wantsReports">True if an address for reports is to be added where none can receive them.</param>
    /// <returns>Null where the record is not known.</returns>
    public static NextStep? OfSilent(DmarcRecordResult result, bool wantsReports)
    {
        RolloutStatus? status = result.Status.ToRolloutStatus();
        if (status is not (null or RolloutStatus.RecordInvalid or RolloutStatus.NoRecord))
        {
            return null;
        }

        // Tags for names below have no effect beside a record above, but stand alone where there is none.
        bool isOwn = result.RecordDomain is null || result.RecordDomain == result.Domain;
        DmarcPolicy? subdomains = isOwn && result.ParsedRecord?.Find(DmarcTags.SubdomainPolicy) is not null ? DmarcPolicy.Reject : null;
        RolloutAdvice advice = new(RolloutVerdict.Advance)
        {
            Publish = RolloutStage.Reject,
            PublishSubdomains = subdomains,
            PublishNonexistent = isOwn ? DmarcPolicy.Reject : null,
            AddsReportAddress = wantsReports && status is null && result.AggregateReportsCome == false,
            NeedsReportAddress = wantsReports,
        };
        return Of(result, advice, RolloutRecord.Of(result));
    }

    private static NextStep? Of(DmarcRecordResult result, RolloutAdvice advice, RolloutRecord? present) =>
        DomainName.TryParse(result.Domain, out DomainName? domain)
            ? new NextStep(advice, present, NextRecordBuilder.Prepare(domain, present, result, advice, null))
            : null;

    private static RolloutAdvice? Begin(RolloutStatus? status) => status switch
    {
        RolloutStatus.RecordInvalid => RolloutAdvice.ToFixRecord(),
        RolloutStatus.NoRecord => RolloutAdvice.ToBegin(),
        _ => null,
    };

    private static RolloutAdvice Judge(RolloutRecord present, DmarcRecordResult result) => present switch
    {
        { AsksForReports: false } => RolloutAdvice.ToAddReports(),
        _ when result.AggregateReportsCome == false => RolloutAdvice.ToAddReports(),
        { Percentage: < 100, Policy: not DmarcPolicy.None } => new RolloutAdvice(RolloutVerdict.Advance) { Publish = present.Stage },
        { Stage: RolloutStage.Reject, SubdomainPolicy: { } subdomains and < DmarcPolicy.Reject } =>
            new RolloutAdvice(RolloutVerdict.Advance) { PublishSubdomains = subdomains + 1 },
        { Stage: RolloutStage.Reject, NonexistentSubdomainPolicy: < DmarcPolicy.Reject } =>
            new RolloutAdvice(RolloutVerdict.Advance) { PublishNonexistent = DmarcPolicy.Reject },
        { Stage: RolloutStage.Reject } => new RolloutAdvice(RolloutVerdict.Complete),
        _ => new RolloutAdvice(RolloutVerdict.Advance) { Publish = RolloutSteps.Next(present) },
    };
}
