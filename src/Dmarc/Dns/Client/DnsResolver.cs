using Dmarc.Text;

namespace Dmarc.Dns.Client;

/// <summary>
/// The resolver of one invocation: a cache, over the zone files that were given, over the servers. Made by
/// <see cref="DnsResolverFactory"/>; safe for any number of callers at once.
/// </summary>
internal sealed class DnsResolver : IDnsResolver, IDisposable
{
    /// <summary>So much waiting work for each processor keeps it busy until more answers come.</summary>
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

    /// <summary>The servers that are asked, in order; empty if the system names none.</summary>
    public PrintableList<string> Servers { get; }

    /// <summary>What was found in the zone files while they were read.</summary>
    public PrintableList<Finding> ZoneFindings { get; }

    /// <summary>
    /// True while so much is asked, or so many answers wait for a processor, that whoever has other work should not ask for more.
    /// </summary>
    internal bool IsBusy => _client.IsBusy || IsBacklog(Waiting, Environment.ProcessorCount);

    /// <summary>What waits for a thread of the pool; 0 where the framework does not tell.</summary>
    private static long Waiting =>
#if NETSTANDARD2_0
        0;
#else
        ThreadPool.PendingWorkItemCount;
#endif

    /// <summary>True if so much work waits that the processors have enough to do.</summary>
    internal static bool IsBacklog(long waiting, int processors) => waiting >= BacklogPerProcessor * (long)processors;

    /// <inheritdoc/>
    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _top.QueryAsync(name, type, cancellationToken);

    /// <summary>Closes all sockets; what is in flight ends with a failure.</summary>
    public void Dispose() => _client.Dispose();
}
