using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>A transport to one server.</summary>
internal interface IDnsTransport : IDisposable
{
    /// <summary>
    /// Sends a query and waits for the answer. Every failure is a status of the answer; only cancellation throws.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="timeout">The maximum wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken);
}
