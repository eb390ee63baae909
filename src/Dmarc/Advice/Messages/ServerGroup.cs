using System.Net;
using System.Net.Sockets;
using Dmarc.Catalogue;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>Determines which mail servers share an operator, by Organizational Domains and known operators.</summary>
internal static class ServerGroup
{
    private static readonly DomainName[] Microsoft =
        Names("outlook.com", "office365.com", "mx.microsoft", "prod.exchangelabs.com", "office365.us", "outlook.cn");

    private static readonly DomainName[][] Operators =
    [
        Microsoft,
        Names("pphosted.com", "ppops.net"),
        Names("amazonses.com", "amazonaws.com"),
        Names("barracudanetworks.com", "barracuda.com", "cudaops.com"),
        Names("messagelabs.com", "symcloud.net"),
        Names("hornetsecurity.com", "antispameurope.com"),
    ];

    /// <summary>
    /// Beside Microsoft and the filters, their customers exchange mail like external mail; and their servers write
    /// results below their own Received field and remove forged ones.
    /// </summary>
    private static readonly DomainName[] GoogleAndAmazon = Names("google.com", "amazonaws.com", "amazonses.com");

    /// <summary>Amazon has mail exchanges below it, and machines that anyone can rent.</summary>
    private static readonly DomainName Amazon = DomainName.Parse("amazonaws.com");

    public static bool IsSame(DomainName one, DomainName other, IOrganizationalDomainSource suffixes) =>
        one == other
        || (!IsRented(one)
            && !IsRented(other)
            && (suffixes.GetOrganizationalDomain(one) == suffixes.GetOrganizationalDomain(other)
                || Array.Exists(Operators, names => Array.Exists(names, one.IsEqualToOrBelow) && Array.Exists(names, other.IsEqualToOrBelow))));

    /// <summary>The same for names in headers; false if one is not a host name.</summary>
    public static bool IsSame(string? one, string? other, IOrganizationalDomainSource suffixes) =>
        DomainName.TryParse(one, out DomainName? first)
        && DomainName.TryParse(other, out DomainName? second)
        && IsSame(first, second, suffixes);

    /// <summary>True for a host of Microsoft 365.</summary>
    public static bool IsMicrosoft(string? host) =>
        DomainName.TryParse(host, out DomainName? name) && Array.Exists(Microsoft, name.IsEqualToOrBelow);

    /// <summary>
    /// True for a server that accepts mail between customers of one operator like external mail: any customer can send
    /// anything there. Exchange Online is not included, because its servers are identified by their network.
    /// </summary>
    public static bool IsOfManyCustomers(DomainName host) =>
        IsGoogleOrAmazon(host)
        || IsFilter(host)
        || Array.Exists(Operators, names => Array.Exists(names, host.IsEqualToOrBelow) && Array.Exists(names, IsFilter));

    /// <summary>True for a server that writes results below its own Received field.</summary>
    public static bool IsGoogleOrAmazon(DomainName host) => Array.Exists(GoogleAndAmazon, host.IsEqualToOrBelow);

    /// <summary>
    /// True if client and server of a hop are in one network, which no greeting can fake: the first 24 bits of IPv4,
    /// the first 32 of IPv6, or both in Exchange Online, which has a network for each region.
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

    /// <summary>
    /// True for a customer's machine named by its provider: below a name for rented servers, or with its address in the
    /// name. Its statements are not the provider's.
    /// </summary>
    public static bool IsOfCustomer(string? host, IPAddress? address) =>
        DomainName.TryParse(host, out DomainName? name) && (IsRented(name) || (address is not null && Spells(name.ToString(), address)));

    private static bool IsFilter(DomainName host) => SendingServices.Default.FindByMxDomain(host.ToString())?.IsFilter == true;

    private static bool IsRented(DomainName host) =>
        host.IsBelow(Amazon)
            ? !host.FirstLabel.StartsWith("inbound-smtp", StringComparison.Ordinal)
            : SendingServices.Default.IsRented(host.ToString());

    /// <summary>True if the numbers of an IPv4 address occur consecutively in a name, in either order.</summary>
    private static bool Spells(string name, IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        int[] octets = [.. address.GetAddressBytes().Select(octet => (int)octet)];
        int[] reversed = [.. Enumerable.Reverse(octets)];
        int[] numbers = [.. new string([.. name.Select(character => character is >= '0' and <= '9' ? character : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(digits => digits.Length <= 3 ? int.Parse(digits, CultureInfo.InvariantCulture) : -1)];
        return Enumerable.Range(0, Math.Max(0, numbers.Length - octets.Length + 1))
            .Select(start => numbers.Skip(start).Take(octets.Length).ToArray())
            .Any(part => part.SequenceEqual(octets) || part.SequenceEqual(reversed));
    }

    /// <summary>True for 2603:10x6::/32, one per region of Exchange Online; Azure's customers have others.</summary>
    private static bool IsExchangeOnline(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 16 && octets[0] == 0x26 && octets[1] == 0x03 && octets[2] == 0x10 && (octets[3] & 0x0F) == 6;
    }

    private static DomainName[] Names(params string[] names) => [.. names.Select(DomainName.Parse)];
}
