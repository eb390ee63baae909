namespace Dmarc.Mail.Outlook;

/// <summary>How much of an Outlook message file is read at most.</summary>
internal sealed record OutlookReadOptions
{
    /// <summary>The limits that apply where none are given.</summary>
    public static OutlookReadOptions Default { get; } = new();

    /// <summary>The most levels of messages attached to messages. 20.</summary>
    public int MaximumDepth { get; init; } = 20;

    /// <summary>The most attachments of a file, those of attached messages included. 1,000.</summary>
    public int MaximumAttachmentCount { get; init; } = 1000;

    /// <summary>The limits for the header of <see cref="OutlookMessage.ToMailMessage"/>.</summary>
    public MailReadOptions Mail { get; init; } = MailReadOptions.Default;
}
