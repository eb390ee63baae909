namespace Dmarc.Dns;

/// <summary>The only interface through which the other code queries DNS.</summary>
internal interface IDnsResolver
{
    /// <summary>
    /// Sends one query. Every failure is a status of the response, never an exception; only cancellation throws.
    /// </summary>
    /// <param name="name">
    /// The name in presentation format, with or without the final dot; <c>\.</c> and <c>\DDD</c> escape octets (RFC
    /// 1035 §5.1). A name that DNS cannot encode yields <see cref="DnsStatus.Malformed"/> without being sent.
    /// </param>
    /// <param name="type">The record type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default);
}
