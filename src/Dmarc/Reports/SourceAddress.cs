using System.Net;
using System.Net.Sockets;
using Dmarc.Domains;

namespace Dmarc.Reports;

/// <summary>Brings source addresses into their canonical text, and remembers those that took work.</summary>
internal sealed class SourceAddress
{
    private const int Size = 1 << 11;
    private readonly (string Text, string Canonical, bool IsAddress)[] _known = new (string, string, bool)[Size];

    /// <summary>
    /// The canonical text of an address (RFC 5952; IPv4 where the address is IPv4-mapped; without brackets and zone); the
    /// text itself where it is no address.
    /// </summary>
    public string Canonicalize(string text)
    {
        if (text.Length == 0 || IsCanonicalIPv4(text))
        {
            return text;
        }

        return Known(text).Canonical;
    }

    /// <summary>True for an address; for texts that come again and again.</summary>
    public bool IsRecurringAddress(string text) => IsCanonicalIPv4(text) || Known(text).IsAddress;

    private (string Text, string Canonical, bool IsAddress) Known(string text)
    {
        // Equal texts are mostly the same string (StringPool), so that its hash need not be computed.
        ref (string Text, string Canonical, bool IsAddress) known = ref _known[
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(text) & (Size - 1)];
        if (!ReferenceEquals(known.Text, text))
        {
            bool isAddress = TryParse(text, out IPAddress? address);
            known = (text, isAddress ? address!.ToString() : text, isAddress);
        }

        return known;
    }

    /// <summary>Reads an address as reports have them: with brackets, a zone, or as a literal of RFC 5321 §4.1.3 (<c>IPv6:2001:db8::1</c>), too.</summary>
    public static bool TryParse(string text, out IPAddress? address)
    {
        address = null;
        string inner = text;
        if (inner.Length > 2 && inner[0] == '[' && inner[inner.Length - 1] == ']')
        {
            inner = inner.Substring(1, inner.Length - 2);
        }

        if (inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
        {
            inner = inner.Substring(5);
        }

        int zone = inner.IndexOf('%');
        if (zone > 0)
        {
            inner = inner.Substring(0, zone);
        }

        if (!AddressText.TryRead(IsDottedQuad(inner) ? WithoutLeadingZeros(inner) : inner, out IPAddress? parsed))
        {
            return false;
        }

        address = parsed.AddressFamily == AddressFamily.InterNetworkV6 && parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    public static bool IsAddress(string text) => IsCanonicalIPv4(text) || TryParse(text, out _);

    private static bool IsDottedQuad(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part => part.Length is > 0 and <= 3 && part.All(c => c is >= '0' and <= '9'));
    }

    // Reporters pad the numbers of an address to three digits; these are decimal.
    private static string WithoutLeadingZeros(string text) =>
        string.Join(".", text.Split('.').Select(part => part.TrimStart('0') is { Length: > 0 } rest ? rest : "0"));

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
