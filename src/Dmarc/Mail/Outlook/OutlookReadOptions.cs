namespace Dmarc.Mail.Outlook;

/// <summary>Limits of reading an Outlook message file.</summary>
internal sealed record OutlookReadOptions
{
    /// <summary>The default limits.</summary>
    public static OutlookReadOptions Default { get; } = new();

    /// <summary>The maximum nesting of attached messages. 20.</summary>
    public int MaximumDepth { get; init; } = 20;

    /// <summary>The maximum number of attachments, including those of attached messages. 1,000.</summary>
    public int MaximumAttachmentCount { get; init; } = 1000;
}
