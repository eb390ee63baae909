namespace Dmarc.Mail.Mailboxes;

/// <summary>What to read from a mailbox.</summary>
internal sealed record MailboxReadOptions
{
    /// <summary>The folders.</summary>
    public IReadOnlyList<string> Folders { get; init; } = ["INBOX"];

    /// <summary>True to include subfolders.</summary>
    public bool Recurse { get; init; }

    /// <summary>Subfolders to exclude: messages moved there have already been read.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Only messages received at this time or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True for unread messages only.</summary>
    public bool Unread { get; init; }

    /// <summary>True if messages will be marked, moved or deleted.</summary>
    public bool Writable { get; init; }

    /// <summary>The maximum size of a message in bytes.</summary>
    public long MaximumMessageBytes { get; init; } = 256L << 20;

    /// <summary>The waits before each attempt to reconnect. If all attempts fail, reading ends.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(30)];

    /// <summary>The maximum number of attempts to fetch a message over which the connection was lost.</summary>
    public int MaximumFetchTries { get; init; } = 3;

    /// <summary>The time for finishing orders after reading was cancelled.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
