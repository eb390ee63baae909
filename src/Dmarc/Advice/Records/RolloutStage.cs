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
