using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>One way to one server.</summary>
internal interface IDnsTransport : IDisposable
{
    /// <summary>
    /// Sends a question and waits for its answer. Whatever goes wrong is a status of the answer; only cancellation throws.
    /// </summary>
    /// <param name="query">The question.</param>
    /// <param name="timeout">For how long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken);
}
