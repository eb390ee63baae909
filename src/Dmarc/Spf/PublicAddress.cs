using System.Net;
using System.Net.Sockets;

namespace Dmarc.Spf;

/// <summary>Tells addresses of the Internet from those of a network of one's own.</summary>
internal static class PublicAddress
{
    /// <summary>True unless the address is private, of the machine itself, of the link or unspecified (RFC 6890). Those for documentation count as public.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        byte[] octets = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && (octets[0] & 0xFE) != 0xFC && !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
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
