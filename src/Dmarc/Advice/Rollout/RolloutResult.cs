using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>Where a domain stands on the way to <c>p=reject</c>, what blocks the next step, and the next record to publish.</summary>
public sealed record RolloutResult
{
    /// <summary>The domain whose record it is about, in its A-label form; the input as given where it is no domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>On what the advice rests.</summary>
    public required RolloutStatus Status { get; init; }

    /// <summary>
    /// How the look-up of the record failed, if the status is DnsFailure. With any other status how the one failed that would have told
    /// whether reports can arrive. Null if nothing is open.
    /// </summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>What to do next.</summary>
    public RolloutVerdict Verdict { get; init; }

    /// <summary>Why, in sentences.</summary>
    public PrintableList<string> Reasons { get; init; } = PrintableList<string>.Empty;

    /// <summary>The step that the present record stands at; null if there is none.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The step after that, advised or not; null at the end and where there is no record.</summary>
    public RolloutStage? NextStage { get; init; }

    /// <summary>The present record as published; null if there is none, or where only its policy is known from reports.</summary>
    public string? CurrentRecord { get; init; }

    /// <summary>Where the present record is known from.</summary>
    public RolloutRecordOrigin? RecordOrigin { get; init; }

    /// <summary>The domain at which the present record stands; null if there is none.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>Tag p of the present record.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>What the present record says of subdomains (sp, or else p).</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag t of the present record; null if there is none, or it is not known.</summary>
    public bool? Testing { get; init; }

    /// <summary>The historic tag pct of the present record; 100 if the record has none; null if there is no record, or it is not known.</summary>
    public int? Percentage { get; init; }

    /// <summary>
    /// The record to publish next: the present one where nothing should change; null if the present one is not known in
    /// full. <c>New-DmarcRecord</c> takes it from the pipeline.
    /// </summary>
    public string? NextRecord { get; init; }

    /// <summary>The same as something to publish, with zone lines and findings; null if nothing should change.</summary>
    public DmarcRecordDraft? Draft { get; init; }

    /// <summary>How much mail the domain sends.</summary>
    public SenderSize Size { get; init; }

    /// <summary>The first day, in UTC, of those up to the last on which most reports show the present stage; null if none does.</summary>
    public DateTime? StageSince { get; init; }

    /// <summary>How many days the reports show the present stage, the first and the last included.</summary>
    public int? DaysAtStage { get; init; }

    /// <summary>For how many of these days there are reports.</summary>
    public int? ReportedDaysAtStage { get; init; }

    /// <summary>The messages that were reported on these days.</summary>
    public long? MessagesAtStage { get; init; }

    /// <summary>How many days to stay at the present stage before the next.</summary>
    public int? RecommendedDays { get; init; }

    /// <summary>How many days of that are left; 0 if it is over.</summary>
    public int? RemainingDays { get; init; }

    /// <summary>The messages of all rows.</summary>
    public long Messages { get; init; }

    /// <summary>Those of them that passed.</summary>
    public long Passed { get; init; }

    /// <summary>The share that passed, from 0 to 1; null if there are no messages.</summary>
    public double? PassRate { get; init; }

    /// <summary>The start of the first report, in UTC.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>The end of the last report, in UTC.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>The sources of one's own whose mail fails, and what to do about each; most failing messages first.</summary>
    public PrintableList<RolloutSource> BlockingSources { get; init; } = PrintableList<RolloutSource>.Empty;

    /// <summary>
    /// The stage whose effect the impact tells: the next at which receivers do more than now, because the steps in test mode change
    /// nothing for the mail. Null at reject, where only subdomains may have a stricter policy to come.
    /// </summary>
    public RolloutStage? ImpactStage { get; init; }

    /// <summary>How many messages of the rows the next policy would have hit that the present one does not, or hit harder.</summary>
    public long? ImpactMessages { get; init; }

    /// <summary>Those of them that come from sources of one's own (the blocking ones and aligned senders).</summary>
    public long? ImpactOwnMessages { get; init; }

    /// <summary>Those of them that forwarders and lists passed on.</summary>
    public long? ImpactForwardedMessages { get; init; }

    /// <summary>What the next policy would have done, by source; most messages first, at most 50.</summary>
    public PrintableList<RolloutSource> Impact { get; init; } = PrintableList<RolloutSource>.Empty;

    /// <summary>What the next policy would have done, by the class of the sources; all sources are in it.</summary>
    public PrintableList<RolloutClassImpact> ImpactByClass { get; init; } = PrintableList<RolloutClassImpact>.Empty;

    /// <summary>The domain and its subdomains that stand in From headers; most messages first, at most 100.</summary>
    public PrintableList<RolloutSubdomain> Subdomains { get; init; } = PrintableList<RolloutSubdomain>.Empty;

    /// <summary>The reporters to whom DNS look-ups for the domain failed for a while, most messages first.</summary>
    public PrintableList<RolloutTemporaryErrors> TemporaryErrors { get; init; } = PrintableList<RolloutTemporaryErrors>.Empty;

    /// <summary>Whether the policy is strict enough for BIMI: quarantine or reject for the domain and its subdomains, no test mode, no pct below 100; null if the record is not known.</summary>
    public bool? IsBimiReady { get; init; }

    /// <summary>What keeps the policy from being strict enough for BIMI; empty if nothing does; null if the record is not known.</summary>
    public string? BimiReason { get; init; } = "";

    /// <summary>What was found, and what to do.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The result for an input that is no domain name.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is no domain name.</param>
    public static RolloutResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Status = RolloutStatus.InvalidDomainName,
        Reasons = [error],
        Findings = [DmarcFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
    public static RolloutResult ForUnexpectedError(string domain, string error) =>
        ForInvalidDomainName(domain, error) with { Status = RolloutStatus.UnexpectedError, Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }] };

    /// <summary>The domain, the step and the verdict.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}, {2}", Domain, Stage?.ToString() ?? Status.ToStatusText(DnsFailure), Verdict);
}
