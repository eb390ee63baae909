namespace Dmarc.Advice.Records;

/// <summary>The steps from no policy to the strictest one, each safe to stay at (RFC 9989 §5.1).</summary>
public enum RolloutStage
{
    /// <summary>p=none: collect reports.</summary>
    Monitor,

    /// <summary>p=quarantine; t=y: receivers go on as with none, while the reports and mailing lists show what would change.</summary>
    QuarantineTest,

    /// <summary>p=quarantine.</summary>
    Quarantine,

    /// <summary>p=reject; t=y: receivers go on as with quarantine.</summary>
    RejectTest,

    /// <summary>p=reject.</summary>
    Reject,
}
