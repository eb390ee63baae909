using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>A transport to one server.</summary>
internal interface IDnsTransport : IDisposable
{
    /// <summary>Sends a query and waits for the answer. Every failure is a status; only cancellation throws.</summary>
    ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken);
}
