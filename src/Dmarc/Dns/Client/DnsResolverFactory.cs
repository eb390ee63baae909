using System.Diagnostics.CodeAnalysis;
using Dmarc.Dns.Zones;

namespace Dmarc.Dns.Client;

/// <summary>Creates resolvers.</summary>
internal static class DnsResolverFactory
{
    /// <summary>
    /// Creates a resolver, without sending anything or opening a socket. If the system has no server and none is given,
    /// each query not covered by a zone file ends as <see cref="DnsStatus.NetworkError"/> with a detail that says so.
    /// </summary>
    /// <exception cref="IOException">A zone file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a zone file is denied.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The resolver owns its parts.")]
    public static DnsResolver Create(DnsResolverOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        ZoneFile[] zones = options.ZoneFiles.Select(path => ZoneFile.Read(path)).ToArray();
        IReadOnlyList<DnsServer> servers = options.Servers.Count > 0 ? options.Servers : SystemDnsServers.Find();
        DnsClient client = new(
            servers,
            options.Timeout,
            options.QueryObserver,
            options.CertificateValidation,
            options.QueriesPerSecond,
            options.Clock,
            continuesInline: options.CacheSize > 0);
        IDnsResolver top = client;
        if (zones.Length > 0)
        {
            top = new ZoneResolver(zones, top, options.QueryObserver);
        }

        if (options.CacheSize > 0)
        {
            top = new CachingResolver(top, options.Clock, options.CacheSize);
        }

        return new DnsResolver(
            top,
            client,
            servers.Take(DnsClient.MaximumServers).Select(server => server.ToString()).ToPrintableList(),
            zones.SelectMany(zone => zone.Findings).ToPrintableList());
    }
}
