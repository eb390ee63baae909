using System.Diagnostics.CodeAnalysis;
using Dmarc.Dns.Zones;

namespace Dmarc.Dns.Client;

/// <summary>
/// The resolver of one invocation: a cache over the given zone files over the servers. Thread-safe. Making one sends
/// nothing and opens no socket. If the system has no server and none is given, each query not covered by a zone file
/// ends as <see cref="DnsStatus.NetworkError"/> with a detail that says so.
/// </summary>
internal sealed class DnsResolver : IDnsResolver, IDisposable
{
    /// <summary>This many waiting work items for each processor keep it busy until more answers arrive.</summary>
    private const int BacklogPerProcessor = 4;

    private readonly IDnsResolver _top;
    private readonly DnsClient _client;

    /// <exception cref="IOException">A zone file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a zone file is denied.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The resolver owns its parts.")]
    public DnsResolver(DnsResolverOptions options)
    {
        ZoneFile[] zones = [.. options.ZoneFiles.Select(path => ZoneFile.Read(path))];
        IReadOnlyList<DnsServer> servers = options.Servers.Count > 0 ? options.Servers : SystemDnsServers.Find();
        Servers = servers.Take(DnsClient.MaximumServers).Select(server => server.ToString()).ToPrintableList();
        ZoneFindings = zones.SelectMany(zone => zone.Findings).ToPrintableList();
        _client = new DnsClient(
            servers,
            options.Timeout,
            options.QueryObserver,
            options.CertificateValidation,
            options.QueriesPerSecond,
            options.Clock,
            continuesInline: options.CacheSize > 0);
        _top = zones.Length > 0 ? new ZoneResolver(zones, _client, options.QueryObserver) : _client;
        _top = options.CacheSize > 0 ? new CachingResolver(_top, options.Clock, options.CacheSize) : _top;
    }

    /// <summary>The servers in the order in which they are queried; empty if the system has none.</summary>
    public PrintableList<string> Servers { get; }

    /// <summary>The findings about the zone files.</summary>
    public PrintableList<Finding> ZoneFindings { get; }

    /// <summary>True while so many queries or unprocessed answers are pending that callers should wait.</summary>
    internal bool IsBusy => _client.IsBusy || IsBacklog(Waiting, Environment.ProcessorCount);

    /// <summary>The number of work items waiting for the thread pool; 0 if the framework does not report it.</summary>
    private static long Waiting =>
#if NETSTANDARD2_0
        0;
#else
        ThreadPool.PendingWorkItemCount;
#endif

    /// <summary>True if enough work waits to keep the processors busy.</summary>
    internal static bool IsBacklog(long waiting, int processors) => waiting >= BacklogPerProcessor * (long)processors;

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _top.QueryAsync(name, type, cancellationToken);

    /// <summary>Closes all sockets; queries in flight fail.</summary>
    public void Dispose() => _client.Dispose();
}
