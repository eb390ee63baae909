namespace Dmarc.Mail.Mailboxes;

/// <summary>Data of a mailbox message before it is fetched.</summary>
/// <param name="Uid">Its UID, constant while the folder keeps its UIDVALIDITY (RFC 9051 §2.3.1.1).</param>
/// <param name="Size">The size in bytes according to the server.</param>
/// <param name="Received">When it was received.</param>
internal sealed record MailboxEntry(uint Uid, long Size, DateTimeOffset? Received);

/// <summary>What to do with a message that has been read.</summary>
internal enum MailboxAction
{
    /// <summary>Mark it as read.</summary>
    MarkRead,

    /// <summary>Move it to another folder.</summary>
    Move,

    /// <summary>Delete it.</summary>
    Delete,
}

/// <summary>Opens connections to mailboxes.</summary>
internal interface IMailboxConnector
{
    /// <summary>Connects and logs in.</summary>
    /// <exception cref="MailboxException">Connecting or logging in failed.</exception>
    IMailboxConnection Connect(MailboxOptions options, CancellationToken cancellationToken);
}

/// <summary>
/// A connection to a mailbox, for one thread. Every method throws a <see cref="MailboxException"/> on failure; after
/// <see cref="MailboxFailure.Connection"/> the connection is unusable.
/// </summary>
internal interface IMailboxConnection : IDisposable
{
    /// <summary>The full names of the folder and, if requested, subfolders; only those that hold messages.</summary>
    /// <param name="name">The name, separated as on the server or by slashes; the server may add a prefix.</param>
    /// <param name="recurse">True to include subfolders.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    IReadOnlyList<string> FindFolders(string name, bool recurse, CancellationToken cancellationToken);

    /// <summary>Opens a folder and returns its UIDVALIDITY.</summary>
    uint Open(string folder, bool writable, CancellationToken cancellationToken);

    /// <summary>The UIDs of the messages in the open folder, ascending.</summary>
    /// <param name="since">Only messages received on this day (of the server) or later; null for all.</param>
    /// <param name="unread">True for unread messages only.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    IReadOnlyList<uint> Search(DateTime? since, bool unread, CancellationToken cancellationToken);

    /// <summary>The data of some messages in the open folder; missing messages are left out.</summary>
    IReadOnlyList<MailboxEntry> Describe(IReadOnlyList<uint> uids, CancellationToken cancellationToken);

    /// <summary>The bytes of a message in the open folder, without marking it as read; null if it is gone.</summary>
    /// <param name="uid">The UID.</param>
    /// <param name="maximumBytes">The maximum size; enforced even if the server reports less.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    byte[]? Fetch(uint uid, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Marks, moves or deletes messages of the open folder. A missing message is skipped; a missing target folder is
    /// created. Repeated after a lost connection, the change resumes where it stopped.
    /// </summary>
    void Apply(MailboxChange change, CancellationToken cancellationToken);
}
