namespace Dmarc.Mail.Mailboxes;

/// <summary>The identity of a message in a mailbox.</summary>
/// <param name="Folder">The full name of the folder.</param>
/// <param name="Validity">The UIDVALIDITY of the folder.</param>
/// <param name="Uid">The UID of the message.</param>
internal sealed record MailboxPlace(string Folder, uint Validity, uint Uid);

/// <summary>A result of reading a mailbox: a message, a failure or a warning.</summary>
internal sealed record MailboxItem
{
    /// <summary>The message concerned; null if a folder or the whole mailbox is.</summary>
    public MailboxPlace? Place { get; init; }

    /// <summary>The address of the message or the folder.</summary>
    public string Address { get; init; } = "";

    /// <summary>The bytes of the message; null if there is none.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The failure; null if there is none.</summary>
    public MailboxException? Failure { get; init; }

    /// <summary>The action that failed or caused the warning; null if none did.</summary>
    public MailboxAction? Action { get; init; }

    /// <summary>A warning to the user although the operation succeeded; null if there is none.</summary>
    public string? Warning { get; init; }
}

/// <summary>An action on a message, given once all its content has been processed.</summary>
/// <param name="Place">The message.</param>
/// <param name="Address">The address of the message.</param>
/// <param name="Action">The action.</param>
/// <param name="Target">The target folder of a move; null for other actions.</param>
internal sealed record MailboxOrder(MailboxPlace Place, string Address, MailboxAction Action, string? Target);
