using System.Security;

namespace Dmarc.Mail.Mailboxes;

/// <summary>How the connection to a mailbox is protected. TLS is required.</summary>
public enum MailboxTls
{
    /// <summary>TLS from the first byte, as on port 993 (RFC 8314 §3.2).</summary>
    Implicit,

    /// <summary>TLS by the STARTTLS command, as on port 143 (RFC 9051 §6.2.1).</summary>
    StartTls,
}

/// <summary>The mailbox to read, and the login.</summary>
/// <param name="Host">The name or address of the server.</param>
/// <param name="Port">The port.</param>
/// <param name="Tls">How the connection is protected.</param>
/// <param name="UserName">The user name.</param>
/// <param name="Secret">The password or the access token. It is converted to text only while it is sent.</param>
/// <param name="IsToken">True for an OAuth 2.0 access token, false for a password.</param>
internal sealed record MailboxOptions(string Host, int Port, MailboxTls Tls, string UserName, SecureString Secret, bool IsToken)
{
    /// <summary>The port for implicit TLS.</summary>
    public const int ImplicitTlsPort = 993;

    /// <summary>The port for STARTTLS.</summary>
    public const int StartTlsPort = 143;

    /// <summary>True to accept any certificate.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The maximum time that the server may be silent.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives each line sent and received, without secrets and message content; null for no log.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The URL of a message (RFC 5092 §3).</summary>
    public string AddressOf(string folder, uint validity, uint uid)
    {
        bool isImplicit = Tls == MailboxTls.Implicit;
        string host = Host.IndexOf(':') >= 0 ? "[" + Host + "]" : Host;
        string port = Port == (isImplicit ? ImplicitTlsPort : StartTlsPort)
            ? ""
            : ":" + Port.ToString(CultureInfo.InvariantCulture);
        string path = string.Join("/", folder.Split('/').Select(Uri.EscapeDataString));
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}://{1}@{2}{3}/{4};UIDVALIDITY={5}/;UID={6}",
            isImplicit ? "imaps" : "imap",
            Uri.EscapeDataString(UserName),
            host,
            port,
            path,
            validity,
            uid);
    }
}
