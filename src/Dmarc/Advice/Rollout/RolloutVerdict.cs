namespace Dmarc.Advice.Rollout;

/// <summary>What to do next on the way to <c>p=reject</c>.</summary>
public enum RolloutVerdict
{
    /// <summary>Nothing can be advised: there are no reports, or the record is not known.</summary>
    Unknown,

    /// <summary>Publish a record that asks for reports.</summary>
    StartReporting,

    /// <summary>Mend the record: receivers make nothing of the one that is published.</summary>
    FixRecord,

    /// <summary>Stay, and fix the sources of one's own whose mail fails.</summary>
    FixSources,

    /// <summary>Stay, and gather reports for longer.</summary>
    Wait,

    /// <summary>Publish the next record.</summary>
    Advance,

    /// <summary>The end is reached; go on reading reports.</summary>
    Complete,
}
