using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>What to do, why, and what to publish.</summary>
internal sealed record RolloutAdvice(RolloutVerdict Verdict, params Finding[] Reasons)
{
    /// <summary>The stage to publish; null where p and t stay as they are.</summary>
    public RolloutStage? Publish { get; init; }

    /// <summary>The policy to publish for subdomains; null if it stays as it is.</summary>
    public DmarcPolicy? PublishSubdomains { get; init; }

    /// <summary>The policy to publish for names that do not exist; null if it stays as it is.</summary>
    public DmarcPolicy? PublishNonexistent { get; init; }

    /// <summary>True if an address for reports is to be added.</summary>
    public bool AddsReportAddress { get; init; }

    /// <summary>True if the record is to ask for reports: an address is added where it would have none of its own.</summary>
    public bool NeedsReportAddress { get; init; }

    /// <summary>True if there is something to publish.</summary>
    public bool Publishes => Publish is not null || PublishSubdomains is not null || PublishNonexistent is not null || AddsReportAddress;

    /// <summary>A record that is published and has no effect: to correct it, and to begin at none.</summary>
    public static RolloutAdvice ToFixRecord(params Finding[] reasons) =>
        new(RolloutVerdict.FixRecord, reasons) { Publish = RolloutStage.Monitor, NeedsReportAddress = true };

    /// <summary>No record: to publish one that asks for reports.</summary>
    public static RolloutAdvice ToBegin(params Finding[] reasons) =>
        new(RolloutVerdict.StartReporting, reasons) { Publish = RolloutStage.Monitor, AddsReportAddress = true };

    /// <summary>A record without a usable address for reports: to add one.</summary>
    public static RolloutAdvice ToAddReports(params Finding[] reasons) =>
        new(RolloutVerdict.StartReporting, reasons) { AddsReportAddress = true };
}
