using System.Net;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Messages;
using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// The addresses of a domain's mail exchanges that are not Microsoft's. Their mail took the published route: the
/// address is the gateway's, and says nothing about the original sender.
/// </summary>
internal static class GatewayAddresses
{
    private const int MaximumHosts = 10;

    /// <returns>The hosts by address; null if a failed look-up leaves them unknown.</returns>
    public static async Task<IReadOnlyDictionary<AddressNumber, string>?> LookAsync(
        IDnsResolver resolver, DomainName domain, CancellationToken cancellationToken)
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
    /// The name of a host of the mail exchanges' operator that is not a mail exchange: gateways often send from other
    /// addresses than those that receive. Only a forward-confirmed name counts.
    /// </summary>
    /// <param name="resolver">The resolver.</param>
    /// <param name="address">The address of the host.</param>
    /// <param name="greeting">The HELO name; empty if unknown.</param>
    /// <param name="exchanges">The mail exchanges.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    /// <returns>The name; null for a foreign host.</returns>
    public static async Task<string?> FindNameAsync(
        IDnsResolver resolver,
        IPAddress address,
        string greeting,
        IEnumerable<string> exchanges,
        CancellationToken cancellationToken)
    {
        string[] hosts = [.. exchanges.Distinct(StringComparer.OrdinalIgnoreCase)];
        bool Fits(string? name) => Array.Exists(hosts, host => ServerGroup.IsSame(name, host, PublicSuffixList.Default));
        if (Fits(greeting) && await ReceivingSideFinder.HasAddressAsync(
            resolver, greeting, address, cancellationToken).ConfigureAwait(false))
        {
            return greeting;
        }

        ReverseDns reverse = await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false);
        return reverse.IsConfirmed == true && Fits(reverse.Name) ? reverse.Name : null;
    }
}
