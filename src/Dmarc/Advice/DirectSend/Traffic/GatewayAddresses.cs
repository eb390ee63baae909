using System.Net;
using System.Net.Sockets;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Messages;
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

    /// <returns>The hosts by their addresses; null if a look-up failed, so that it is not known which they are.</returns>
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

    /// <summary>
    /// The name of a host that is none of the mail exchanges, but one of the same operator's: gateways often hand mail on from other addresses
    /// than those that take it. A name counts only if DNS has the address for it.
    /// </summary>
    /// <param name="resolver">Where to ask.</param>
    /// <param name="address">The address of the host.</param>
    /// <param name="greeting">The name with which it greeted; empty if that is not known.</param>
    /// <param name="exchanges">The mail exchanges.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    /// <returns>The name; null if it is another host.</returns>
    public static async Task<string?> FindNameAsync(
        IDnsResolver resolver,
        IPAddress address,
        string greeting,
        IEnumerable<string> exchanges,
        CancellationToken cancellationToken)
    {
        string[] hosts = [.. exchanges.Distinct(StringComparer.OrdinalIgnoreCase)];
        bool Fits(string? name) => Array.Exists(hosts, host => ServerGroup.IsSame(name, host, PublicSuffixList.Default));
        if (Fits(greeting))
        {
            DnsRecordType type = address.AddressFamily == AddressFamily.InterNetworkV6 ? DnsRecordType.AAAA : DnsRecordType.A;
            DnsResponse addresses = await resolver.QueryAsync(greeting, type, cancellationToken).ConfigureAwait(false);
            if (addresses.Records.OfType<AddressRecord>().Any(record => record.Address.Equals(address)))
            {
                return greeting;
            }
        }

        ReverseDns reverse = await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false);
        return reverse.IsConfirmed == true && Fits(reverse.Name) ? reverse.Name : null;
    }
}
