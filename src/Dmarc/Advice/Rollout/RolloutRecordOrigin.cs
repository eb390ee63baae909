namespace Dmarc.Advice.Rollout;

/// <summary>The source of the current record.</summary>
public enum RolloutRecordOrigin
{
    /// <summary>The record is unknown.</summary>
    None,

    /// <summary>It was looked up, or its text was given.</summary>
    Record,

    /// <summary>The latest reports contain its policy; the tags that reports lack, such as rua, are unknown.</summary>
    Reports,
}

/// <summary>The mail volume of a domain, which determines how long to stay at a stage.</summary>
public enum SenderSize
{
    /// <summary>Small: one to two months in total.</summary>
    Small,

    /// <summary>5,000 or more aligned messages a day, or ten or more sending systems: three to six months.</summary>
    Large,
}
