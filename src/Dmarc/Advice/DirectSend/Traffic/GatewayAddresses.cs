using System.Net;
using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// The addresses of the mail exchanges of a domain that are not Microsoft's. What they hand over came by the road that the domain published:
/// the address is that of the gateway, and says nothing of the sender before it.
/// </summary>
internal static class GatewayAddresses
{
    private const int MaximumHosts = 10;

    /// <returns>The hosts by their addresses; null where a look-up failed, so that it is not known which they are.</returns>
    public static async Task<IReadOnlyDictionary<AddressNumber, string>?> LookAsync(IDnsResolver resolver, DomainName domain, CancellationToken cancellationToken)
    {
        DnsResponse exchanges = await resolver.QueryAsync(domain.ToString(), DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        if (!exchanges.Status.IsAnswer())
        {
            return null;
        }

        (string Host, Task<DnsResponse> Query)[] queries =
        [
            .. exchanges.Records.OfType<MxRecord>()
                .Select(record => record.Exchange.TrimEnd('.'))
                .Where(host => host.Length > 0 && !EndpointNames.IsEndpoint(host))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MaximumHosts)
                .SelectMany(host => new[] { DnsRecordType.A, DnsRecordType.AAAA }
                    .Select(type => (host, resolver.QueryAsync(host, type, cancellationToken).AsTask()))),
        ];
        Dictionary<AddressNumber, string> found = [];
        bool isKnown = true;
        foreach ((string host, Task<DnsResponse> query) in queries)
        {
            DnsResponse response = await query.ConfigureAwait(false);
            isKnown &= response.Status.IsAnswer();
            foreach (IPAddress address in response.Records.OfType<AddressRecord>().Select(record => record.Address))
            {
                found[AddressNumber.From(address)] = host;
            }
        }

        return isKnown ? found : null;
    }
}
