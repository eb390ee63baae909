using System.Net;
using System.Net.Sockets;

namespace Dmarc.Domains;

/// <summary>Distinguishes Internet addresses from addresses of private networks.</summary>
internal static class PublicAddress
{
    /// <summary>True for a documentation address (RFC 5737, RFC 3849, RFC 9637), which never sends mail.</summary>
    public static bool IsForDocumentation(IPAddress address)
    {
        byte[] octets = AddressText.Plain(address).GetAddressBytes();
        return octets.Length == 4
            ? (octets[0], octets[1], octets[2]) is (192, 0, 2) or (198, 51, 100) or (203, 0, 113)
            : (octets[0], octets[1], octets[2], octets[3]) is (0x20, 0x01, 0x0D, 0xB8)
                || (octets[0] == 0x3F && octets[1] == 0xFF && octets[2] < 0x10);
    }

    /// <summary>True unless private, loopback, link-local or unspecified (RFC 6890); true for documentation.</summary>
    public static bool Is(IPAddress address)
    {
        address = AddressText.Plain(address);
        byte[] octets = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !IPAddress.IsLoopback(address)
                && !address.IsIPv6LinkLocal
                && (octets[0] & 0xFE) != 0xFC
                && !address.IsIPv6Multicast
                && !address.Equals(IPAddress.IPv6Any);
        }

        return octets[0] switch
        {
            0 or 10 or 127 => false,
            100 => octets[1] is < 64 or > 127,
            169 => octets[1] != 254,
            172 => octets[1] is < 16 or > 31,
            192 => octets[1] != 168,
            _ => octets[0] < 224,
        };
    }
}
