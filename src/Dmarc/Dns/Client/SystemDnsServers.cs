using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dmarc.Dns.Client;

/// <summary>The DNS servers configured in the operating system.</summary>
internal static class SystemDnsServers
{
    private const int DnsPort = 53;
    private const string ResolverConfiguration = "/etc/resolv.conf";

    /// <summary>
    /// The servers in the system's order: the <c>nameserver</c> lines of <c>/etc/resolv.conf</c> on Linux; elsewhere
    /// those of the network interfaces that are up, interfaces with a gateway first. Empty if there are none.
    /// </summary>
    public static IReadOnlyList<DnsServer> Find()
    {
        IEnumerable<IPAddress> addresses = RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
            ? ReadConfigurationFile(ResolverConfiguration)
            : ReadInterfaces();
        return addresses.Distinct().Select(address => DnsServer.FromEndPoint(new IPEndPoint(address, DnsPort))).ToArray();
    }

    /// <summary>The <c>nameserver</c> lines of a resolver configuration; invalid addresses are skipped.</summary>
    internal static IEnumerable<IPAddress> ParseConfiguration(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] == "nameserver" && AddressText.TryReadScoped(words[1], out IPAddress? address))
            {
                yield return address;
            }
        }
    }

    private static IPAddress[] ReadConfigurationFile(string path)
    {
        try
        {
            return ParseConfiguration(File.ReadAllLines(path)).ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IPAddress[] ReadInterfaces()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up
                    && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Select(network => network.GetIPProperties())
                .OrderBy(properties => properties.GatewayAddresses.Count == 0)
                .SelectMany(properties => properties.DnsAddresses)
                .Where(address => !IsPlaceholder(address))
                .ToArray();
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    /// <summary>Windows lists fec0:0:0:ffff::1 to ::3 for interfaces without an IPv6 server.</summary>
    private static bool IsPlaceholder(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv6SiteLocal;
}
