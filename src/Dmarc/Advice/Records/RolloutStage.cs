using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The steps from no policy to the strictest one; each is safe to stay at (RFC 9989 §5.1).</summary>
public enum RolloutStage
{
    /// <summary>p=none: collect reports.</summary>
    Monitor,

    /// <summary>p=quarantine; t=y: receivers still apply none, while reports and lists show the changes.</summary>
    QuarantineTest,

    /// <summary>p=quarantine.</summary>
    Quarantine,

    /// <summary>p=reject; t=y: receivers still apply quarantine.</summary>
    RejectTest,

    /// <summary>p=reject.</summary>
    Reject,
}

/// <summary>What each stage publishes.</summary>
internal static class RolloutStages
{
    /// <summary>The stage of a policy and test mode. Test mode has no effect on none.</summary>
    public static RolloutStage Of(DmarcPolicy policy, bool testing) => policy switch
    {
        DmarcPolicy.Reject => testing ? RolloutStage.RejectTest : RolloutStage.Reject,
        DmarcPolicy.Quarantine => testing ? RolloutStage.QuarantineTest : RolloutStage.Quarantine,
        _ => RolloutStage.Monitor,
    };

    /// <summary>The policy and test mode that a stage publishes.</summary>
    public static (DmarcPolicy Policy, bool Testing) Publishes(this RolloutStage stage) => stage switch
    {
        RolloutStage.Reject => (DmarcPolicy.Reject, false),
        RolloutStage.RejectTest => (DmarcPolicy.Reject, true),
        RolloutStage.Quarantine => (DmarcPolicy.Quarantine, false),
        RolloutStage.QuarantineTest => (DmarcPolicy.Quarantine, true),
        _ => (DmarcPolicy.None, false),
    };

    /// <summary>The tags of a stage, as in a record, such as <c>p=quarantine; t=y</c>.</summary>
    public static string ToTags(this RolloutStage stage) => ToTags(stage.Publishes().Policy, stage.Publishes().Testing);

    /// <summary>The tags of a policy and test mode, as in a record.</summary>
    public static string ToTags(DmarcPolicy policy, bool testing) =>
        "p=" + policy.ToKeyword() + (testing ? "; t=y" : "");
}
