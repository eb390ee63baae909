using Dmarc.Mail.Mailboxes;

namespace Dmarc.PowerShell;

/// <summary>A mail server as users write it: a name or an address, with a port if it is not the default.</summary>
/// <param name="Host">The name or address.</param>
/// <param name="Port">The port; null if none is given.</param>
internal sealed record MailboxServerText(string Host, int? Port)
{
    /// <summary>Reads the text; null for anything else.</summary>
    public static MailboxServerText? Parse(string text)
    {
        string server = text.Trim();
        if (server.IndexOfAny(['/', '@', '?', '#', ' ']) >= 0
            || AddressText.IsAmbiguous(server.Split(':')[0])
            || !Uri.TryCreate("dmarc://" + server, UriKind.Absolute, out Uri? uri))
        {
            return null;
        }

        bool isHost = uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
        return isHost && uri.Port != 0 && uri.UserInfo.Length == 0
            ? new MailboxServerText(uri.DnsSafeHost, uri.Port < 0 ? null : uri.Port)
            : null;
    }

    /// <summary>The default protection: STARTTLS on its own port, TLS from the first byte on all others.</summary>
    public MailboxTls DefaultTls => Port == MailboxOptions.StartTlsPort ? MailboxTls.StartTls : MailboxTls.Implicit;

    /// <summary>The default port.</summary>
    public static int DefaultPort(MailboxTls tls) =>
        tls == MailboxTls.StartTls ? MailboxOptions.StartTlsPort : MailboxOptions.ImplicitTlsPort;
}
