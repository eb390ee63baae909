using System.Net.Security;
using Dmarc.Dns.Zones;

namespace Dmarc.Dns.Client;

/// <summary>Options of a resolver.</summary>
internal sealed record DnsResolverOptions
{
    /// <summary>The servers to query, in order; empty for those of the system.</summary>
    public IReadOnlyList<DnsServer> Servers { get; init; } = [];

    /// <summary>
    /// Paths of zone files that answer instead of the servers (see <see cref="ZoneFile"/> for the names covered); if
    /// two files have the same record set, the later one counts.
    /// </summary>
    public IReadOnlyList<string> ZoneFiles { get; init; } = [];

    /// <summary>The maximum duration of one query, with all its retries; the default is five seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The maximum number of queries a second to each server, retries included; 0 for no limit. Waiting for this limit
    /// does not count against <see cref="Timeout"/>. A server that drops or fails many queries gets fewer.
    /// </summary>
    public int QueriesPerSecond { get; init; }

    /// <summary>The clock for the age of cached answers and for the query rate.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>
    /// The capacity of the cache in kilobytes; an average answer counts as one. The least recently used answers make
    /// room. Zero disables the cache.
    /// </summary>
    public int CacheSize { get; init; } = 16_384;

    /// <summary>
    /// Receives each exchange with a server and each answer of a zone file, but no cached answers. Called on any
    /// thread, concurrently; it must be quick and must not throw.
    /// </summary>
    public Action<DnsResponse>? QueryObserver { get; init; }

    /// <summary>Validates the certificates of servers; null for the system's trust.</summary>
    internal RemoteCertificateValidationCallback? CertificateValidation { get; init; }
}
