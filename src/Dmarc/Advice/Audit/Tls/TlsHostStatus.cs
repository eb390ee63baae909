namespace Dmarc.Advice.Audit.Tls;

/// <summary>What came of the connection to a mail exchange.</summary>
public enum TlsHostStatus
{
    /// <summary>No connection was made: the host has no address, or none of the Internet.</summary>
    NotChecked,

    /// <summary>The connection is encrypted; what the certificate is worth is said besides.</summary>
    Encrypted,

    /// <summary>The host does not offer STARTTLS.</summary>
    NotOffered,

    /// <summary>The host offers STARTTLS, and the handshake failed.</summary>
    HandshakeFailed,

    /// <summary>What answers does not speak SMTP, or turned this machine away.</summary>
    NotSmtp,

    /// <summary>No connection could be made, or none in time: the network here may close port 25.</summary>
    Unreachable,
}
