using System.Net.Security;
using Dmarc.Dns.Zones;
using Dmarc.Text;

namespace Dmarc.Dns.Client;

/// <summary>How a resolver is put together.</summary>
internal sealed record DnsResolverOptions
{
    /// <summary>The servers to ask, in order; empty for those of the system.</summary>
    public IReadOnlyList<DnsServer> Servers { get; init; } = [];

    /// <summary>
    /// Paths of zone files that answer instead of the servers (see <see cref="ZoneFile"/> for which names); where two
    /// files have the same record set the later one counts.
    /// </summary>
    public IReadOnlyList<string> ZoneFiles { get; init; } = [];

    /// <summary>How long one query may take, with all its retries; five seconds unless told otherwise.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The most questions a second that each server is asked, retries included; 0 for no limit. What has to wait for that is not
    /// counted against <see cref="Timeout"/>. A server that drops or fails much of what it is asked is asked less whatever this is.
    /// </summary>
    public int QueriesPerSecond { get; init; }

    /// <summary>The clock by which answers in memory grow old, and questions are paced.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>
    /// How much the cache may hold, in kilobytes; an answer of common size counts as one. What was not asked for the
    /// longest makes room. Zero for no memory at all.
    /// </summary>
    public int CacheSize { get; init; } = 16_384;

    /// <summary>
    /// Told of each exchange with a server and each answer of a zone file, not of answers from memory. Called on any
    /// thread, several at once; it has to be quick and must not throw.
    /// </summary>
    public Action<DnsResponse>? QueryObserver { get; init; }

    /// <summary>Decides about the certificates of servers; null to trust what the system trusts.</summary>
    internal RemoteCertificateValidationCallback? CertificateValidation { get; init; }
}
