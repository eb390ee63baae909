namespace Dmarc.Mail.Mailboxes;

/// <summary>Why a mailbox, or a command to it, failed.</summary>
internal enum MailboxFailure
{
    /// <summary>The server cannot be reached, or the connection was lost: another try may help.</summary>
    Connection,

    /// <summary>The server does not offer TLS, or TLS failed.</summary>
    Tls,

    /// <summary>The certificate is not accepted.</summary>
    Certificate,

    /// <summary>The name, the password or the token is not accepted.</summary>
    Credential,

    /// <summary>The folder is not there.</summary>
    FolderMissing,

    /// <summary>The folder has been made anew since its messages were listed.</summary>
    FolderChanged,

    /// <summary>The folder may be read only.</summary>
    FolderReadOnly,

    /// <summary>The server refuses a command.</summary>
    Refused,

    /// <summary>The message is larger than allowed.</summary>
    TooLarge,
}

/// <summary>A mailbox, or a command to it, failed. The message holds no secret.</summary>
internal sealed class MailboxException(MailboxFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public MailboxFailure Failure { get; } = failure;
}
