using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dmarc.Catalogue;
using Dmarc.Domains;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>Tells which mail servers are of one operator: those of one Organizational Domain, and those of operators that have several.</summary>
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

    /// <summary>Operators beside Microsoft and the filters whose customers' mail goes from server to server as from outside.</summary>
    private static readonly DomainName[] Others = Names("google.com", "amazonaws.com", "amazonses.com");

    /// <summary>Below it Amazon has its mail exchanges, and the machines that anybody can rent.</summary>
    private static readonly DomainName Amazon = DomainName.Parse("amazonaws.com");

    public static bool IsSame(DomainName one, DomainName other, IOrganizationalDomainSource suffixes) =>
        one == other
        || (!IsRented(one)
            && !IsRented(other)
            && (suffixes.GetOrganizationalDomain(one) == suffixes.GetOrganizationalDomain(other)
                || Array.Exists(Operators, names => Array.Exists(names, one.IsEqualToOrBelow) && Array.Exists(names, other.IsEqualToOrBelow))));

    /// <summary>The same of names as headers have them; false if one of them is no name of a host.</summary>
    public static bool IsSame(string? one, string? other, IOrganizationalDomainSource suffixes) =>
        DomainName.TryParse(one, out DomainName? first)
        && DomainName.TryParse(other, out DomainName? second)
        && IsSame(first, second, suffixes);

    /// <summary>True for a host of Microsoft 365.</summary>
    public static bool IsMicrosoft(string? host) => DomainName.TryParse(host, out DomainName? name) && Array.Exists(Microsoft, name.IsEqualToOrBelow);

    /// <summary>
    /// True for a server that takes mail of one customer for another from a server of the same operator, as from outside: whoever is a customer
    /// hands over what he likes there. Exchange Online, whose servers tell each other by their network, is not among these.
    /// </summary>
    public static bool IsOfManyCustomers(DomainName host) =>
        Array.Exists(Others, host.IsEqualToOrBelow)
        || IsFilter(host)
        || Array.Exists(Operators, names => Array.Exists(names, host.IsEqualToOrBelow) && Array.Exists(names, IsFilter));

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

    /// <summary>
    /// True for a machine of a customer, which bears a name of the operator whose line or server it uses: one below a name for
    /// rented servers, or one whose name spells its address. What it says is not the operator's word.
    /// </summary>
    public static bool IsOfCustomer(string? host, IPAddress? address) =>
        DomainName.TryParse(host, out DomainName? name) && (IsRented(name) || (address is not null && Spells(name.ToString(), address)));

    private static bool IsFilter(DomainName host) => SendingServices.Default.FindByMxDomain(host.ToString())?.IsFilter == true;

    private static bool IsRented(DomainName host) =>
        host.IsBelow(Amazon) ? !host.FirstLabel.StartsWith("inbound-smtp", StringComparison.Ordinal) : SendingServices.Default.IsRented(host.ToString());

    /// <summary>True if the numbers of an IPv4 address stand in a name one after the other, in either order.</summary>
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

    /// <summary>True for 2603:10x6::/32, of which each region of Exchange Online has one; what Azure lets others use lies beside these.</summary>
    private static bool IsExchangeOnline(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 16 && octets[0] == 0x26 && octets[1] == 0x03 && octets[2] == 0x10 && (octets[3] & 0x0F) == 6;
    }

    private static DomainName[] Names(params string[] names) => [.. names.Select(DomainName.Parse)];
}
