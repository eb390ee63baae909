using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The order of the stages, and the duration of each.</summary>
internal static class RolloutSteps
{
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
    /// The next stage of a record; null after the last one. Test mode lowers every policy by one level (RFC 9989 §4.7), so it is
    /// left out if subdomains have a policy of their own in force, which their mail would lose.
    /// </summary>
    public static RolloutStage? Next(RolloutRecord record) =>
        !record.Testing && record.SubdomainPolicy > DmarcPolicy.None ? NextWithEffect(record.Stage) : Next(record.Stage);

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
