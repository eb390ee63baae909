using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The next step of a domain once its reports are clean: the result of <see cref="RolloutRules"/> if no source fails
/// and the stage lasted long enough. So commands without reports propose the same record as the rollout.
/// </summary>
/// <param name="Advice">The advice.</param>
/// <param name="Present">The applicable record; null if there is none.</param>
/// <param name="Builder">Builds the record to publish; null if no report address is known for it.</param>
internal sealed record NextStep(RolloutAdvice Advice, RolloutRecord? Present, DmarcRecordBuilder? Builder)
{
    /// <summary>The record to publish; null if none can be proposed.</summary>
    public DmarcRecordDraft? Draft { get; } = Builder?.Build();

    /// <summary>True if receivers shall act more strictly on failing mail; false if reports must come first.</summary>
    public bool Tightens => Advice.Verdict == RolloutVerdict.Advance;

    /// <summary>The next step of a domain that sends mail.</summary>
    /// <returns>Null if the record is unknown, or nothing is left to do.</returns>
    public static NextStep? Of(DmarcRecordResult result)
    {
        RolloutRecord? present = RolloutRecord.Of(result);
        RolloutAdvice? advice = present is not null ? Judge(present, result) : Begin(result.Status.ToRolloutStatus());
        return advice is { Publishes: true } ? Of(result, advice, present) : null;
    }

    /// <summary>
    /// The step of a domain that sends no mail and so has none to lose: reject at once, including all names below it.
    /// </summary>
    /// <param name="result">The result of the search for its record.</param>
    /// <param name="wantsReports">True to add a report address if no existing one can receive reports.</param>
    /// <returns>Null if the record is unknown.</returns>
    public static NextStep? OfSilent(DmarcRecordResult result, bool wantsReports)
    {
        RolloutStatus? status = result.Status.ToRolloutStatus();
        if (status is not (null or RolloutStatus.RecordInvalid or RolloutStatus.NoRecord))
        {
            return null;
        }

        // Tags for names below have no effect beside a record above, but count if there is none.
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
