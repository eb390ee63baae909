using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Dmarc.Dns;

/// <summary>The transport protocol of a server.</summary>
internal enum DnsTransport
{
    /// <summary>UDP, and TCP if an answer is truncated (RFC 1035 §4.2).</summary>
    Udp,

    /// <summary>TCP only (RFC 7766).</summary>
    Tcp,

    /// <summary>DNS over TLS (RFC 7858).</summary>
    Tls,

    /// <summary>DNS over HTTPS (RFC 8484).</summary>
    Https,
}

/// <summary>
/// A DNS server. Its text forms are <c>192.0.2.53</c>, <c>192.0.2.53:5353</c>, <c>2001:db8::1</c>,
/// <c>[2001:db8::1]:53</c>, <c>resolver.example</c>, <c>tcp://host[:port]</c>, <c>tls://host[:port][#name]</c> with the
/// name on the certificate if that is not the host, and <c>https://host/dns-query</c>.
/// </summary>
internal sealed record DnsServer
{
    private const int DnsPort = 53;
    private const int TlsPort = 853;

    private DnsServer(DnsTransport transport, string host, int port)
    {
        Transport = transport;
        Host = host;
        Port = port;
        AuthenticationName = host;
    }

    /// <summary>The transport protocol.</summary>
    public DnsTransport Transport { get; }

    /// <summary>The address or host name; the operating system's resolver looks up a host name.</summary>
    public string Host { get; }

    /// <summary>The port, from 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>The name or address for which the certificate must be valid (TLS and HTTPS).</summary>
    public string AuthenticationName { get; private init; }

    /// <summary>The URL of the service; null unless the transport is HTTPS.</summary>
    public Uri? Uri { get; private init; }

    /// <summary>A server that is queried over UDP.</summary>
    public static DnsServer FromEndPoint(IPEndPoint endPoint) =>
        new(DnsTransport.Udp, endPoint.Address.ToString(), endPoint.Port);

    /// <summary>Parses one of the text forms.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DnsServer? server, out string error)
    {
        string candidate = text?.Trim() ?? "";
        server = Split(candidate, "://", out string scheme, out string rest)
            ? scheme.ToUpperInvariant() switch
            {
                "UDP" or "DNS" => ParseHost(rest, DnsTransport.Udp, DnsPort),
                "TCP" => ParseHost(rest, DnsTransport.Tcp, DnsPort),
                "TLS" => ParseTls(rest),
                "HTTPS" => ParseHttps(candidate),
                _ => null,
            }
            : ParseHost(candidate, DnsTransport.Udp, DnsPort);
        error = server is null ? Sentences.Insert(Strings.Dns_NotAServer, candidate) : "";
        return server is not null;
    }

    /// <summary>The server in a text form that can be parsed again.</summary>
    public override string ToString()
    {
        string host = Host.IndexOf(':') >= 0 ? "[" + Host + "]" : Host;
        string name = AuthenticationName == Host ? "" : "#" + AuthenticationName;
        return Transport switch
        {
            DnsTransport.Https => Uri!.ToString(),
            DnsTransport.Tls => "tls://" + host + PortText(TlsPort) + name,
            DnsTransport.Tcp => "tcp://" + host + PortText(DnsPort),
            _ => Port == DnsPort ? Host : host + PortText(DnsPort),
        };
    }

    private string PortText(int usual) => Port == usual ? "" : ":" + Port.ToString(CultureInfo.InvariantCulture);

    private static DnsServer? ParseTls(string text)
    {
        bool named = Split(text, "#", out string host, out string name);
        DnsServer? server = ParseHost(named ? host : text, DnsTransport.Tls, TlsPort);
        return server is null || !named ? server
            : IsHost(name) ? server with { AuthenticationName = name }
            : null;
    }

    private static DnsServer? ParseHttps(string text) =>
        System.Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && uri.Scheme == System.Uri.UriSchemeHttps
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0
        && !IsAmbiguousHost(text)
            ? new DnsServer(DnsTransport.Https, uri.Host, uri.Port) { Uri = uri }
            : null;

    /// <summary>
    /// True if only some parsers read the written host as an address; the parsed URI contains the system's
    /// interpretation.
    /// </summary>
    private static bool IsAmbiguousHost(string url)
    {
        string rest = url.Substring(url.IndexOf("://", StringComparison.Ordinal) + 3);
        return AddressText.IsAmbiguous(rest.Split('/', '?', '#')[0].Split(':')[0]);
    }

    private static DnsServer? ParseHost(string text, DnsTransport transport, int port)
    {
        text = text.EndsWith("/", StringComparison.Ordinal) && transport != DnsTransport.Udp ? text.Substring(0, text.Length - 1) : text;
        string host;
        if (text.StartsWith("[", StringComparison.Ordinal))
        {
            int end = text.IndexOf(']');
            if (end < 0 || (end < text.Length - 1 && !TryReadPort(text.Substring(end + 1), out port)))
            {
                return null;
            }

            host = text.Substring(1, end - 1);
            return host.IndexOf(':') >= 0 && AddressText.TryReadScoped(host, out _) ? new DnsServer(transport, host, port) : null;
        }

        int colon = text.IndexOf(':');
        bool hasPort = colon >= 0 && colon == text.LastIndexOf(':');
        host = hasPort ? text.Substring(0, colon) : text;
        return IsHost(host) && (!hasPort || TryReadPort(text.Substring(colon), out port))
            ? new DnsServer(transport, host, port)
            : null;
    }

    private static bool TryReadPort(string text, out int port)
    {
        port = 0;
        return text.Length > 1
            && text[0] == ':'
            && int.TryParse(text.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= ushort.MaxValue;
    }

    /// <summary>A full address or a host name. Short addresses such as "1" or "127.1" are errors here.</summary>
    private static bool IsHost(string host) => host.IndexOf(':') >= 0
        ? AddressText.TryReadScoped(host, out _)
        : AddressText.IsAddress(host)
            || (!AddressText.IsAmbiguous(host) && System.Uri.CheckHostName(host) == UriHostNameType.Dns && host.IndexOf('_') < 0);

    private static bool Split(string text, string separator, out string before, out string after)
    {
        int index = text.IndexOf(separator, StringComparison.Ordinal);
        before = index < 0 ? text : text.Substring(0, index);
        after = index < 0 ? "" : text.Substring(index + separator.Length);
        return index >= 0;
    }
}
