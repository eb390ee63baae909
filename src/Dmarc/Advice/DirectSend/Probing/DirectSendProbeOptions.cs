namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>Options of a probe.</summary>
/// <param name="LocalPart">The local part of the recipient.</param>
/// <param name="RecipientDomain">The domain of the recipient; null for the probed domain.</param>
/// <param name="Host">The host to connect to; null for the endpoint in DNS.</param>
/// <param name="Port">The port; 25 by default.</param>
internal sealed record DirectSendProbeOptions(string LocalPart, DomainName? RecipientDomain, string? Host, int Port)
{
    /// <summary>The maximum time to connect and per reply; 30 seconds (RFC 5321 §4.5.3.2 has minutes).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The HELO name; null for the address literal of this machine (RFC 5321 §4.1.4).</summary>
    public string? Helo { get; init; }

    /// <summary>Parses the parameters of a probe.</summary>
    /// <param name="recipient">An address, or a local part, which is combined with each domain.</param>
    /// <param name="endpoint"><c>host</c>, <c>host:port</c> or <c>[IPv6]:port</c>; null or empty for DNS.</param>
    /// <param name="options">The options; null if a text is invalid.</param>
    /// <param name="error">The error in a sentence; empty if there is none.</param>
    /// <returns>False if a text is invalid.</returns>
    public static bool TryCreate(string recipient, string? endpoint, out DirectSendProbeOptions? options, out string error)
    {
        options = null;
        string text = recipient.Trim();
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

    /// <summary>The atoms of RFC 5322 §3.2.3, separated by dots: no characters that could end a command.</summary>
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
        bool isPort = colon < 0
            || (int.TryParse(text.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);
        return isPort && (AddressText.IsAddress(host) || (!AddressText.IsAmbiguous(host) && DomainName.TryParse(host, out _)));
    }

    private static string Shown(string text) => PrintableText.Escape(PrintableText.Shorten(text, 100));
}
