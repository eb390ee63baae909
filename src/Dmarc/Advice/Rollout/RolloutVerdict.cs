namespace Dmarc.Advice.Rollout;

/// <summary>The next action towards <c>p=reject</c>.</summary>
public enum RolloutVerdict
{
    /// <summary>No advice: there are no reports, or the record is unknown.</summary>
    Unknown,

    /// <summary>Publish a record that requests reports.</summary>
    StartReporting,

    /// <summary>Correct the record: receivers ignore the published one.</summary>
    FixRecord,

    /// <summary>Stay, and fix the owner's own sources whose mail fails.</summary>
    FixSources,

    /// <summary>Stay, and collect more reports.</summary>
    Wait,

    /// <summary>Publish the next record.</summary>
    Advance,

    /// <summary>The final stage is reached; keep reading reports.</summary>
    Complete,
}
