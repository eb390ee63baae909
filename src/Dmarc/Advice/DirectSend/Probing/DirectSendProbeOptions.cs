using System.Globalization;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>How a probe is made.</summary>
internal sealed record DirectSendProbeOptions
{
    private DirectSendProbeOptions(string localPart, DomainName? recipientDomain, string? host, int port)
    {
        LocalPart = localPart;
        RecipientDomain = recipientDomain;
        Host = host;
        Port = port;
    }

    /// <summary>What stands before the at sign of the recipient.</summary>
    public string LocalPart { get; }

    /// <summary>The domain of the recipient; null for the domain that is probed.</summary>
    public DomainName? RecipientDomain { get; }

    /// <summary>The host to connect to instead of the endpoint that DNS names; null for that one.</summary>
    public string? Host { get; }

    /// <summary>The port; 25 by default.</summary>
    public int Port { get; }

    /// <summary>How long the connection, and each answer, may take; 30 seconds by default (RFC 5321 §4.5.3.2 would wait for minutes).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The name to greet with; null for the address of this machine as a literal (RFC 5321 §4.1.4).</summary>
    public string? Helo { get; init; }

    /// <summary>Reads what was given for a probe.</summary>
    /// <param name="recipient">An address, or what stands before its at sign, which is then joined with each domain.</param>
    /// <param name="endpoint"><c>host</c>, <c>host:port</c> or <c>[IPv6]:port</c> to connect to; null or empty for the endpoint that DNS names.</param>
    /// <param name="options">The options read; null if the texts cannot be used.</param>
    /// <param name="error">Why not, in a sentence; empty if they can.</param>
    /// <returns>False if a text cannot be used.</returns>
    public static bool TryCreate(string recipient, string? endpoint, out DirectSendProbeOptions? options, out string error)
    {
        options = null;
        string text = (recipient ?? "").Trim();
        int at = text.LastIndexOf('@');
        string local = at < 0 ? text : text.Substring(0, at);
        DomainName? domain = null;
        if (local.Length is 0 or > 64 || !local.All(IsAtom) || (at >= 0 && !DomainName.TryParse(text.Substring(at + 1), out domain)))
        {
            error = string.Format(CultureInfo.InvariantCulture, Strings.DirectSend_RecipientInvalid, Shown(text));
            return false;
        }

        string? host = null;
        int port = 25;
        if (!string.IsNullOrWhiteSpace(endpoint) && !TryReadEndpoint(endpoint!.Trim(), out host, out port))
        {
            error = string.Format(CultureInfo.InvariantCulture, Strings.DirectSend_EndpointInvalid, Shown(endpoint.Trim()));
            return false;
        }

        options = new DirectSendProbeOptions(local, domain, host, port);
        error = "";
        return true;
    }

    /// <summary>The atoms of RFC 5322 §3.2.3, separated by dots: nothing that could end a command.</summary>
    private static bool IsAtom(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || ".!#$%&'*+-/=?^_`{|}~".IndexOf(character) >= 0;

    private static bool TryReadEndpoint(string text, out string? host, out int port)
    {
        port = 25;
        int close = text.IndexOf(']');
        bool isLiteral = text[0] == '[' && close > 0;
        int colon = isLiteral ? text.IndexOf(':', close) : text.IndexOf(':') == text.LastIndexOf(':') ? text.IndexOf(':') : -1;
        string name = colon < 0 ? text : text.Substring(0, colon);
        host = name.Trim('[', ']');
        bool isPort = colon < 0 || (int.TryParse(text.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);
        return isPort && (AddressText.IsAddress(host) || (!AddressText.IsAmbiguous(host) && DomainName.TryParse(host, out _)));
    }

    private static string Shown(string text) => PrintableText.Escape(PrintableText.Shorten(text, 100));
}
