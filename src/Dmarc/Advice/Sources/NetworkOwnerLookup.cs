using Dmarc.Dns;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Queries the owner of a network in DNS, in the format of Team Cymru's service: <c>0.2.0.192.origin.&lt;zone&gt;</c>
/// and <c>….origin6.&lt;zone&gt;</c> have texts such as <c>64496 | 192.0.2.0/24 | US | arin | 2001-01-01</c>, and
/// <c>AS64496.&lt;zone&gt;</c> such as <c>64496 | US | arin | 2001-01-01 | NAME - Owner, US</c>. Addresses of one /24
/// (IPv6: /48) share one query, because the Internet routes nothing smaller; the resolver caches the answers.
/// </summary>
internal sealed class NetworkOwnerLookup(IDnsResolver resolver, string zone)
{
    private const int MaximumTextLength = 200;
    private const int AddressBitsV4 = 24;
    private const int AddressBitsV6 = 48;

    public async Task<NetworkOwner> AskAsync(AddressNumber address, CancellationToken cancellationToken)
    {
        DnsResponse origin = await resolver.QueryAsync(QuestionFor(address), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        NetworkOwner? found = null;
        foreach (TxtRecord record in origin.Records.OfType<TxtRecord>())
        {
            // Several systems may announce one network, and a text may contain a larger one.
            if (Read(record.Text) is { } owner
                && owner.Network is { } network
                && address.IsWithin(network.First, network.PrefixLength)
                && (found?.Network is not { } known || network.PrefixLength > known.PrefixLength))
            {
                found = owner;
            }
        }

        if (found?.Asn is not { } asn)
        {
            return found ?? new NetworkOwner(origin.Status, Failure: origin.Status.IsAnswer() ? null : origin);
        }

        DnsResponse system = await resolver
            .QueryAsync("AS" + asn.ToString(CultureInfo.InvariantCulture) + "." + zone, DnsRecordType.TXT, cancellationToken)
            .ConfigureAwait(false);
        string[] fields = system.Records.OfType<TxtRecord>().FirstOrDefault() is { } text ? Fields(text.Text) : [];
        return found with
        {
            Name = fields.Length > 4 ? Short(string.Join("|", fields.Skip(4))) : "",
            Failure = system.Status.IsAnswer() ? null : system,
        };
    }

    /// <summary>The name to query.</summary>
    internal string QuestionFor(AddressNumber address)
    {
        AddressNumber network = address.First(address.IsIPv6 ? AddressBitsV6 : AddressBitsV4);
        string reverse = ReverseDns.NameOf(network);
        return address.IsIPv6
            ? reverse.Substring(0, reverse.Length - "ip6.arpa".Length) + "origin6." + zone
            : reverse.Substring(0, reverse.Length - "in-addr.arpa".Length) + "origin." + zone;
    }

    private static NetworkOwner? Read(string text)
    {
        string[] fields = Fields(text);
        if (fields.Length < 2 || !AddressBlock.TryParse(fields[1], out AddressBlock network))
        {
            return null;
        }

        string first = fields[0].Split(' ')[0];
        return new NetworkOwner(
            DnsStatus.NoError,
            network,
            uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out uint asn) ? asn : null,
            fields.Length > 2 ? Short(fields[2]) : "");
    }

    private static string[] Fields(string text) => text.Split('|').Select(field => field.Trim()).ToArray();

    private static string Short(string text) => text.Length > MaximumTextLength ? text.Substring(0, MaximumTextLength) : text;
}
