namespace Dmarc.Advice.Rollout;

/// <summary>Where the present record is known from.</summary>
public enum RolloutRecordOrigin
{
    /// <summary>It is not known.</summary>
    None,

    /// <summary>It was looked up, or its text was given.</summary>
    Record,

    /// <summary>The latest reports state its policy; the tags that reports do not repeat, such as rua, are not known.</summary>
    Reports,
}

/// <summary>How much mail a domain sends, which tells how long to stay at a stage.</summary>
public enum SenderSize
{
    /// <summary>Little: one to two months to the end.</summary>
    Small,

    /// <summary>5,000 aligned messages a day or more, or ten or more systems that send them: three to six months.</summary>
    Large,
}
