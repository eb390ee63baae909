using System.Net.Sockets;
using Dmarc.AuthenticationResults;
using Dmarc.Domains;

namespace Dmarc.Alignment;

/// <summary>Tells which mail servers are of one operator: those of one Organizational Domain, and Microsoft 365, whose servers have several.</summary>
internal static class ServerGroup
{
    private static readonly DomainName[] Microsoft =
        [.. new[] { "outlook.com", "office365.com", "mx.microsoft" }.Select(DomainName.Parse)];

    public static bool IsSame(DomainName one, DomainName other, IOrganizationalDomainSource suffixes) =>
        one == other
        || suffixes.GetOrganizationalDomain(one) == suffixes.GetOrganizationalDomain(other)
        || (IsMicrosoft(one) && IsMicrosoft(other));

    /// <summary>
    /// True where client and server of a hop have addresses of one network, which no greeting can feign: the first 24 bits of IPv4,
    /// the first 32 of IPv6, of which Exchange Online has one for each region.
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
        return one.Take(length).SequenceEqual(other.Take(length));
    }

    private static bool IsMicrosoft(DomainName host) => Array.Exists(Microsoft, host.IsEqualToOrBelow);
}
