using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The order of the stages, and the duration of each.</summary>
internal static class RolloutSteps
{
    /// <summary>The stage of a policy and test mode. Test mode has no effect on none.</summary>
    public static RolloutStage StageOf(DmarcPolicy policy, bool testing) => policy switch
    {
        DmarcPolicy.Reject => testing ? RolloutStage.RejectTest : RolloutStage.Reject,
        DmarcPolicy.Quarantine => testing ? RolloutStage.QuarantineTest : RolloutStage.Quarantine,
        _ => RolloutStage.Monitor,
    };

    /// <summary>The policy and test mode that a stage publishes.</summary>
    public static (DmarcPolicy Policy, bool Testing) PublishedAt(RolloutStage stage) => stage switch
    {
        RolloutStage.Reject => (DmarcPolicy.Reject, false),
        RolloutStage.RejectTest => (DmarcPolicy.Reject, true),
        RolloutStage.Quarantine => (DmarcPolicy.Quarantine, false),
        RolloutStage.QuarantineTest => (DmarcPolicy.Quarantine, true),
        _ => (DmarcPolicy.None, false),
    };

    /// <summary>The next stage with a stricter effect: test mode steps change nothing for the mail.</summary>
    public static RolloutStage? NextWithEffect(RolloutStage stage) => stage switch
    {
        RolloutStage.Monitor or RolloutStage.QuarantineTest => RolloutStage.Quarantine,
        RolloutStage.Quarantine or RolloutStage.RejectTest => RolloutStage.Reject,
        _ => null,
    };

    /// <summary>The next stage; null after the last one.</summary>
    public static RolloutStage? Next(RolloutStage stage) => stage == RolloutStage.Reject ? null : stage + 1;

    /// <summary>
    /// The recommended days at a stage: in total six weeks for small senders and four to five months for large ones,
    /// including two or four weeks of monitoring.
    /// </summary>
    public static int RecommendedDays(RolloutStage stage, SenderSize size) => (stage, size) switch
    {
        (RolloutStage.Monitor, SenderSize.Small) => 14,
        (RolloutStage.Monitor, _) => 28,
        (RolloutStage.QuarantineTest, SenderSize.Small) => 7,
        (RolloutStage.QuarantineTest, _) => 28,
        (RolloutStage.Quarantine, SenderSize.Small) => 14,
        (RolloutStage.Quarantine, _) => 56,
        (RolloutStage.RejectTest, SenderSize.Small) => 7,
        (RolloutStage.RejectTest, _) => 28,
        _ => 0,
    };
}
