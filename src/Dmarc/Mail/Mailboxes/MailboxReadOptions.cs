namespace Dmarc.Mail.Mailboxes;

/// <summary>What of a mailbox to read.</summary>
internal sealed record MailboxReadOptions
{
    /// <summary>The folders.</summary>
    public IReadOnlyList<string> Folders { get; init; } = ["INBOX"];

    /// <summary>True to read the folders below them, too.</summary>
    public bool Recurse { get; init; }

    /// <summary>Folders that are not read where they are found below others: what is moved there has been read.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Only messages that came at this time or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True for messages only that are not marked as read.</summary>
    public bool Unread { get; init; }

    /// <summary>True where messages will be marked, moved or deleted.</summary>
    public bool Writable { get; init; }

    /// <summary>The most bytes that a message may have.</summary>
    public long MaximumMessageBytes { get; init; } = 256L << 20;

    /// <summary>How long to wait before each further try to connect. When all have failed, the reading ends.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(30)];

    /// <summary>How often a message is asked for that the connection was lost over.</summary>
    public int MaximumFetchTries { get; init; } = 3;

    /// <summary>How long what was ordered may still take once the reading is cancelled.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
