using System.Net;
using System.Net.Sockets;

namespace Dmarc.Reports;

/// <summary>Converts source addresses to canonical form, and caches those that need work.</summary>
internal sealed class SourceAddress
{
    private readonly ReferenceCache<(string Canonical, bool IsAddress)> _known = new(1 << 11, text =>
        TryParseLiteral(text, out IPAddress? address) ? (address!.ToString(), true) : (text, false));

    /// <summary>
    /// The canonical form of an address (RFC 5952; IPv4 if it is IPv4-mapped); the text itself if it is not an address.
    /// </summary>
    public string Canonicalize(string text) =>
        text.Length == 0 || IsCanonicalIPv4(text) ? text : _known.Get(text).Canonical;

    /// <summary>True for an address; for texts that occur repeatedly.</summary>
    public bool IsRecurringAddress(string text) => IsCanonicalIPv4(text) || _known.Get(text).IsAddress;

    /// <summary>
    /// Reads an address by the rules of <see cref="AddressText"/>, which also apply to every parameter; an IPv4-mapped
    /// one is the IPv4 address in it. Some readers take leading zeros for octal, others for decimal, so such an address
    /// is ambiguous.
    /// </summary>
    public static bool TryParse(string text, out IPAddress? address)
    {
        if (AddressText.TryRead(text, out address) && address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address is not null;
    }

    /// <summary>
    /// Reads an address as written by reporters: without the brackets and the tag <c>IPv6:</c> of a literal (RFC 5321
    /// §4.1.3), and without the zone of a link-local address (RFC 4007 §11), which only matters to its host.
    /// </summary>
    public static bool TryParseLiteral(string text, out IPAddress? address)
    {
        string inner = text.Trim();
        if (inner.Length > 2 && inner[0] == '[' && inner[inner.Length - 1] == ']')
        {
            inner = inner.Substring(1, inner.Length - 2).Trim();
        }

        bool isTagged = inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase);
        inner = isTagged ? inner.Substring(5) : inner;
        int percent = inner.IndexOf('%');
        bool isIPv6 = isTagged || percent >= 0;
        inner = percent < 0 ? inner : percent < inner.Length - 1 ? inner.Substring(0, percent) : "";
        address = null;
        return (!isIPv6 || inner.IndexOf(':') >= 0) && TryParse(inner, out address);
    }

    public static bool IsAddress(string text) => IsCanonicalIPv4(text) || TryParse(text, out _);

    internal static bool IsCanonicalIPv4(string text)
    {
        int value = -1;
        int dots = 0;
        foreach (char character in text)
        {
            if (character == '.')
            {
                if (value < 0 || ++dots > 3)
                {
                    return false;
                }

                value = -1;
            }
            else if (character is >= '0' and <= '9' && value != 0)
            {
                value = value < 0 ? character - '0' : (value * 10) + (character - '0');
                if (value > 255)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        return dots == 3 && value >= 0;
    }
}
