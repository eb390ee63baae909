using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The action, the reasons, and the changes to publish.</summary>
internal sealed record RolloutAdvice(RolloutVerdict Verdict, params Finding[] Reasons)
{
    /// <summary>The stage to publish; null to keep p and t.</summary>
    public RolloutStage? Publish { get; init; }

    /// <summary>The policy to publish for subdomains; null to keep it.</summary>
    public DmarcPolicy? PublishSubdomains { get; init; }

    /// <summary>The policy to publish for non-existent names; null to keep it.</summary>
    public DmarcPolicy? PublishNonexistent { get; init; }

    /// <summary>True to add a report address.</summary>
    public bool AddsReportAddress { get; init; }

    /// <summary>True if the record must request reports: an address is added if it has none of its own.</summary>
    public bool NeedsReportAddress { get; init; }

    /// <summary>True if there is a change to publish.</summary>
    public bool Publishes => Publish is not null || PublishSubdomains is not null || PublishNonexistent is not null || AddsReportAddress;

    /// <summary>A published but ineffective record: correct it, and begin with none.</summary>
    public static RolloutAdvice ToFixRecord(params Finding[] reasons) =>
        new(RolloutVerdict.FixRecord, reasons) { Publish = RolloutStage.Monitor, NeedsReportAddress = true };

    /// <summary>No record: publish one that requests reports.</summary>
    public static RolloutAdvice ToBegin(params Finding[] reasons) =>
        new(RolloutVerdict.StartReporting, reasons) { Publish = RolloutStage.Monitor, AddsReportAddress = true };

    /// <summary>A record without a usable report address: add one.</summary>
    public static RolloutAdvice ToAddReports(params Finding[] reasons) =>
        new(RolloutVerdict.StartReporting, reasons) { AddsReportAddress = true };
}
