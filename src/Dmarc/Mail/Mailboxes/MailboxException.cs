namespace Dmarc.Mail.Mailboxes;

/// <summary>Why a mailbox or a command failed.</summary>
internal enum MailboxFailure
{
    /// <summary>The server cannot be reached, or the connection was lost: a retry may help.</summary>
    Connection,

    /// <summary>The server does not offer TLS, or TLS failed.</summary>
    Tls,

    /// <summary>The certificate is not trusted.</summary>
    Certificate,

    /// <summary>The user name, password or token was rejected.</summary>
    Credential,

    /// <summary>The folder does not exist.</summary>
    FolderMissing,

    /// <summary>The folder was recreated after its messages were listed.</summary>
    FolderChanged,

    /// <summary>The folder is read-only.</summary>
    FolderReadOnly,

    /// <summary>The server refused a command.</summary>
    Refused,

    /// <summary>The message exceeds the maximum size.</summary>
    TooLarge,
}

/// <summary>A mailbox or a command failed. The message contains no secret.</summary>
internal sealed class MailboxException(MailboxFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reason.</summary>
    public MailboxFailure Failure { get; } = failure;

    /// <summary>True if it concerns one folder or command, so that reading can continue with the next folder.</summary>
    public bool IsOfFolder => Failure
        is MailboxFailure.FolderMissing or MailboxFailure.FolderReadOnly or MailboxFailure.FolderChanged or MailboxFailure.Refused;
}
