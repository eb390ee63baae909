namespace Dmarc.Mail;

/// <summary>How much of a message is read at most: messages are written by strangers.</summary>
public sealed record MailReadOptions
{
    /// <summary>The limits that apply where none are given.</summary>
    public static MailReadOptions Default { get; } = new();

    /// <summary>The most bytes of one message; what comes after them is left out and the message marked as truncated. 150 MiB.</summary>
    public int MaximumMessageBytes { get; init; } = 150 * 1024 * 1024;

    /// <summary>The most bytes of one header section (of the message or of a part); fields after them are left out. 1 MiB.</summary>
    public int MaximumHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>The most header fields of one section; those after them are left out. 5,000.</summary>
    public int MaximumHeaderCount { get; init; } = 5000;

    /// <summary>The most levels of parts and attached messages inside each other; what lies deeper stays one opaque part. 20.</summary>
    public int MaximumDepth { get; init; } = 20;

    /// <summary>The most parts of one message, those of attached messages included; parts after them are left out. 1,000.</summary>
    public int MaximumPartCount { get; init; } = 1000;
}
