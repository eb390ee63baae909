namespace Dmarc.Mail.Mailboxes;

/// <summary>Which message of which folder.</summary>
/// <param name="Folder">The full name of the folder.</param>
/// <param name="Validity">The validity under which the number holds.</param>
/// <param name="Uid">The number of the message.</param>
internal sealed record MailboxPlace(string Folder, uint Validity, uint Uid);

/// <summary>What the reading of a mailbox brought: a message, or something to tell.</summary>
internal sealed record MailboxItem
{
    /// <summary>The message that it is about; null if it is about a folder or the whole mailbox.</summary>
    public MailboxPlace? Place { get; init; }

    /// <summary>What the message, or the folder, is called.</summary>
    public string Address { get; init; } = "";

    /// <summary>The bytes of the message; null if there is none.</summary>
    public byte[]? Content { get; init; }

    /// <summary>What failed; null if nothing did.</summary>
    public MailboxException? Failure { get; init; }

    /// <summary>What was to be done with the message after it was read, of which the failure or the warning tells; null for others.</summary>
    public MailboxAction? Action { get; init; }

    /// <summary>Something that went well in the end, but that whoever runs the command should know; null for others.</summary>
    public string? Warning { get; init; }
}

/// <summary>What to do with a message, now that all that it held has been taken.</summary>
/// <param name="Place">The message.</param>
/// <param name="Address">What it is called.</param>
/// <param name="Action">What to do with it.</param>
/// <param name="Target">The folder to move it to; null for other actions.</param>
internal sealed record MailboxOrder(MailboxPlace Place, string Address, MailboxAction Action, string? Target);
