namespace Dmarc.Advice.Audit.Tls;

/// <summary>The status of the connection to a mail exchange.</summary>
public enum TlsHostStatus
{
    /// <summary>No connection was made: the host has no address, or no public one.</summary>
    NotChecked,

    /// <summary>The connection is encrypted; the quality of the certificate is reported separately.</summary>
    Encrypted,

    /// <summary>The host does not offer STARTTLS.</summary>
    NotOffered,

    /// <summary>The host offers STARTTLS, but the handshake failed.</summary>
    HandshakeFailed,

    /// <summary>The host does not speak SMTP, or rejected this machine.</summary>
    NotSmtp,

    /// <summary>The connection failed or timed out: the local network may block port 25.</summary>
    Unreachable,
}
