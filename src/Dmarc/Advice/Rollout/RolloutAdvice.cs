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

    /// <summary>True if there is something to publish.</summary>
    public bool Publishes => Publish is not null || PublishSubdomains is not null || PublishNonexistent is not null || AddsReportAddress;
}
