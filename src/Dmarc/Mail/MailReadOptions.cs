namespace Dmarc.Mail;

/// <summary>Limits of reading a message, because messages are untrusted.</summary>
public sealed record MailReadOptions
{
    /// <summary>The default limits.</summary>
    public static MailReadOptions Default { get; } = new();

    /// <summary>The maximum size of a message in bytes; a larger one is truncated. 150 MiB.</summary>
    public int MaximumMessageBytes { get; init; } = 150 * 1024 * 1024;

    /// <summary>The maximum header size in bytes, of message or part; later fields are left out. 1 MiB.</summary>
    public int MaximumHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>The maximum number of header fields in one section; later ones are left out. 5,000.</summary>
    public int MaximumHeaderCount { get; init; } = 5000;

    /// <summary>The maximum nesting of parts and attached messages; deeper content stays one opaque part. 20.</summary>
    public int MaximumDepth { get; init; } = 20;

    /// <summary>The maximum number of parts, with those of attached messages; others are left out. 1,000.</summary>
    public int MaximumPartCount { get; init; } = 1000;
}
