using System.Net;
using System.Net.Sockets;
using Dmarc.Domains;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>Tells which mail servers are of one operator: those of one Organizational Domain, and those of operators that have several.</summary>
internal static class ServerGroup
{
    private static readonly DomainName[] Microsoft = Names("outlook.com", "office365.com", "mx.microsoft", "prod.exchangelabs.com");

    private static readonly DomainName[][] Operators =
    [
        Microsoft,
        Names("pphosted.com", "ppops.net"),
        Names("amazonses.com", "amazonaws.com"),
    ];

    public static bool IsSame(DomainName one, DomainName other, IOrganizationalDomainSource suffixes) =>
        one == other
        || suffixes.GetOrganizationalDomain(one) == suffixes.GetOrganizationalDomain(other)
        || Array.Exists(Operators, names => Array.Exists(names, one.IsEqualToOrBelow) && Array.Exists(names, other.IsEqualToOrBelow));

    /// <summary>The same of names as headers have them; false if one of them is no name of a host.</summary>
    public static bool IsSame(string? one, string? other, IOrganizationalDomainSource suffixes) =>
        DomainName.TryParse(one, out DomainName? first)
        && DomainName.TryParse(other, out DomainName? second)
        && IsSame(first, second, suffixes);

    /// <summary>True for a host of Microsoft 365.</summary>
    public static bool IsMicrosoft(string? host) => DomainName.TryParse(host, out DomainName? name) && Array.Exists(Microsoft, name.IsEqualToOrBelow);

    /// <summary>
    /// True where client and server of a hop have addresses of one network, which no greeting can feign: the first 24 bits of IPv4,
    /// the first 32 of IPv6, or both addresses of Exchange Online, which has a network for each region.
    /// </summary>
    public static bool IsSameNetwork(ReceivedHeader hop)
    {
        if (hop.ClientAddress is not { } client || hop.ByAddress is not { } server || client.AddressFamily != server.AddressFamily)
        {
            return false;
        }

        byte[] one = client.GetAddressBytes();
        byte[] other = server.GetAddressBytes();
        int length = client.AddressFamily == AddressFamily.InterNetworkV6 ? 4 : 3;
        return one.Take(length).SequenceEqual(other.Take(length)) || (IsExchangeOnline(client) && IsExchangeOnline(server));
    }

    /// <summary>True for 2603:10x6::/32, of which each region of Exchange Online has one; what Azure lets others use lies beside these.</summary>
    private static bool IsExchangeOnline(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 16 && octets[0] == 0x26 && octets[1] == 0x03 && octets[2] == 0x10 && (octets[3] & 0x0F) == 6;
    }

    private static DomainName[] Names(params string[] names) => [.. names.Select(DomainName.Parse)];
}
