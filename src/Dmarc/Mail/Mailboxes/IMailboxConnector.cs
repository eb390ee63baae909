namespace Dmarc.Mail.Mailboxes;

/// <summary>What a message of a mailbox is, before it is fetched.</summary>
/// <param name="Uid">Its number, which it keeps while the folder keeps its validity (RFC 9051 §2.3.1.1).</param>
/// <param name="Size">How many bytes the server says it has.</param>
/// <param name="Received">When it came.</param>
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
    /// <exception cref="MailboxException">It failed.</exception>
    IMailboxConnection Connect(MailboxOptions options, CancellationToken cancellationToken);
}

/// <summary>
/// A connection to a mailbox, for one thread. Every method throws a <see cref="MailboxException"/> where it fails; after one of
/// <see cref="MailboxFailure.Connection"/> the connection is of no more use.
/// </summary>
internal interface IMailboxConnection : IDisposable
{
    /// <summary>The full names of the folder and, where asked for, of those below it; only such as hold messages.</summary>
    /// <param name="name">The name, with the server's separator or with slashes; the server may put a prefix before it.</param>
    /// <param name="recurse">True to look below it, too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    IReadOnlyList<string> FindFolders(string name, bool recurse, CancellationToken cancellationToken);

    /// <summary>Opens a folder and tells its validity.</summary>
    uint Open(string folder, bool writable, CancellationToken cancellationToken);

    /// <summary>The numbers of the messages of the open folder, from the lowest.</summary>
    /// <param name="since">Only those that came on this day, as the server counts days, or later; null for all.</param>
    /// <param name="unread">Only those that are not marked as read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    IReadOnlyList<uint> Search(DateTime? since, bool unread, CancellationToken cancellationToken);

    /// <summary>What some messages of the open folder are; those that are gone are left out.</summary>
    IReadOnlyList<MailboxEntry> Describe(IReadOnlyList<uint> uids, CancellationToken cancellationToken);

    /// <summary>The bytes of a message of the open folder, which stays as unread as it was; null if it is gone.</summary>
    /// <param name="uid">Its number.</param>
    /// <param name="maximumBytes">More than so many are refused, whatever size the server said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    byte[]? Fetch(uint uid, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Marks, moves or deletes messages of the open folder. One that is gone is skipped; a folder to move to is made where it is
    /// missing. Given again after a lost connection, the change is taken up where it was.
    /// </summary>
    void Apply(MailboxChange change, CancellationToken cancellationToken);
}
