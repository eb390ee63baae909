using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The progress of a domain towards <c>p=reject</c>, the blockers, and the next record to publish.</summary>
public sealed record RolloutResult
{
    /// <summary>The domain, in its A-label form; the input if it is not a domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>The basis of the advice.</summary>
    public required RolloutStatus Status { get; init; }

    /// <summary>
    /// The failure of the record's look-up if the status is DnsFailure; otherwise of the check whether reports can
    /// arrive. Null if nothing is open.
    /// </summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The next action.</summary>
    public RolloutVerdict Verdict { get; init; }

    /// <summary>The reasons, in sentences.</summary>
    public PrintableList<string> Reasons { get; init; } = PrintableList<string>.Empty;

    /// <summary>The stage of the current record; null if there is none.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The next stage, advised or not; null at the end or without a record.</summary>
    public RolloutStage? NextStage { get; init; }

    /// <summary>The current record as published; null if there is none, or only its policy is known.</summary>
    public string? CurrentRecord { get; init; }

    /// <summary>The source of the current record.</summary>
    public RolloutRecordOrigin? RecordOrigin { get; init; }

    /// <summary>The domain of the current record; null if there is none.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>Tag p of the current record.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The current policy for subdomains (sp, otherwise p).</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag t of the current record; null if no record is known.</summary>
    public bool? Testing { get; init; }

    /// <summary>The historic tag pct of the current record; by default 100; null if no record is known.</summary>
    public int? Percentage { get; init; }

    /// <summary>
    /// The record to publish next: the current one if nothing should change; null if that is not fully known.
    /// <c>New-DmarcRecord</c> accepts it from the pipeline.
    /// </summary>
    public string? NextRecord { get; init; }

    /// <summary>The draft of that record, with zone lines and findings; null if nothing should change.</summary>
    public DmarcRecordDraft? Draft { get; init; }

    /// <summary>The mail volume of the domain.</summary>
    public SenderSize Size { get; init; }

    /// <summary>The first UTC day of those to the last on which most reports show the current stage; or null.</summary>
    public DateTime? StageSince { get; init; }

    /// <summary>The number of days of that period, first and last included.</summary>
    public int? DaysAtStage { get; init; }

    /// <summary>The number of these days with reports.</summary>
    public int? ReportedDaysAtStage { get; init; }

    /// <summary>The number of messages reported on these days.</summary>
    public long? MessagesAtStage { get; init; }

    /// <summary>The recommended number of days at the current stage.</summary>
    public int? RecommendedDays { get; init; }

    /// <summary>The number of days left; 0 if none are.</summary>
    public int? RemainingDays { get; init; }

    /// <summary>The number of messages in all rows.</summary>
    public long Messages { get; init; }

    /// <summary>The number of messages that passed.</summary>
    public long Passed { get; init; }

    /// <summary>The share that passed, from 0 to 1; null if there are no messages.</summary>
    public double? PassRate { get; init; }

    /// <summary>The start of the first report, in UTC.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>The end of the last report, in UTC.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>The owner's own failing sources and their remedies, ordered by failing messages.</summary>
    public PrintableList<RolloutSource> BlockingSources { get; init; } = PrintableList<RolloutSource>.Empty;

    /// <summary>
    /// The stage of the evaluated impact: the next one with a stricter effect, because test mode changes nothing for
    /// the mail. Null at reject, where only subdomains may still get a stricter policy.
    /// </summary>
    public RolloutStage? ImpactStage { get; init; }

    /// <summary>The number of messages that the next policy would newly affect, or affect more.</summary>
    public long? ImpactMessages { get; init; }

    /// <summary>The number of these from the owner's own sources (blocking ones and aligned senders).</summary>
    public long? ImpactOwnMessages { get; init; }

    /// <summary>The number of these from forwarders and lists.</summary>
    public long? ImpactForwardedMessages { get; init; }

    /// <summary>The impact of the next policy by source, ordered by messages, at most 50.</summary>
    public PrintableList<RolloutSource> Impact { get; init; } = PrintableList<RolloutSource>.Empty;

    /// <summary>The impact of the next policy by source class, for all sources.</summary>
    public PrintableList<RolloutClassImpact> ImpactByClass { get; init; } = PrintableList<RolloutClassImpact>.Empty;

    /// <summary>The domain and its subdomains in From headers, ordered by messages, at most 100.</summary>
    public PrintableList<RolloutSubdomain> Subdomains { get; init; } = PrintableList<RolloutSubdomain>.Empty;

    /// <summary>The reporters with temporary look-up errors for the domain, ordered by messages.</summary>
    public PrintableList<RolloutTemporaryErrors> TemporaryErrors { get; init; } = PrintableList<RolloutTemporaryErrors>.Empty;

    /// <summary>
    /// Whether the policy suffices for BIMI: quarantine or reject everywhere, no test mode, full pct; null if unknown.
    /// </summary>
    public bool? IsBimiReady { get; init; }

    /// <summary>Why the policy does not suffice for BIMI; empty if it does; null if the record is unknown.</summary>
    public string? BimiReason { get; init; } = "";

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The result for an invalid domain name.</summary>
    /// <param name="input">The input.</param>
    /// <param name="error">Why it is not a domain name.</param>
    public static RolloutResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Status = RolloutStatus.InvalidDomainName,
        Reasons = [error],
        Findings = [DmarcFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">The error in a sentence.</param>
    public static RolloutResult ForUnexpectedError(string domain, string error) =>
        ForInvalidDomainName(domain, error)
            with { Status = RolloutStatus.UnexpectedError, Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }] };

    /// <summary>The domain, the step and the verdict.</summary>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1}, {2}",
            Domain,
            Stage?.ToString() ?? Status.ToStatusText(DnsFailure),
            Verdict);
}
