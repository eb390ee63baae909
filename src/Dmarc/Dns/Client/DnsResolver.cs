namespace Dmarc.Dns.Client;

/// <summary>
/// The resolver of one invocation: a cache over the given zone files over the servers. Made by
/// <see cref="DnsResolverFactory"/>; thread-safe.
/// </summary>
internal sealed class DnsResolver : IDnsResolver, IDisposable
{
    /// <summary>This many waiting work items for each processor keep it busy until more answers arrive.</summary>
    private const int BacklogPerProcessor = 4;

    private readonly IDnsResolver _top;
    private readonly DnsClient _client;

    internal DnsResolver(IDnsResolver top, DnsClient client, PrintableList<string> servers, PrintableList<Finding> zoneFindings)
    {
        _top = top;
        _client = client;
        Servers = servers;
        ZoneFindings = zoneFindings;
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

    /// <inheritdoc/>
    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _top.QueryAsync(name, type, cancellationToken);

    /// <summary>Closes all sockets; queries in flight fail.</summary>
    public void Dispose() => _client.Dispose();
}
