using System.Net;
using Dmarc.Dns;
using Dmarc.Spf;

namespace Dmarc.Alignment.BulkSenders;

/// <summary>The names of an address, and whether one of them has the address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Status">How the look-up of the names ended.</param>
/// <param name="Name">The name that is confirmed, or else the first; empty where there is none.</param>
/// <param name="IsConfirmed">True where the name has the address; null where that look-up failed.</param>
internal sealed record ReverseDns(IPAddress Address, DnsStatus Status, string Name, bool? IsConfirmed)
{
    /// <summary>As with SPF, no more names than this are looked at.</summary>
    private const int MaximumNames = 10;

    public static async Task<ReverseDns> AskAsync(IDnsResolver resolver, IPAddress address, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver
            .QueryAsync(SpfTermMatcher.ReverseName(AddressNumber.From(address)), DnsRecordType.PTR, cancellationToken)
            .ConfigureAwait(false);
        string[] names = [.. response.Records.OfType<NameRecord>().Select(record => record.Target).Take(MaximumNames)];
        bool? confirmed = false;
        foreach (string name in names)
        {
            DnsRecordType type = AddressNumber.From(address).IsIPv6 ? DnsRecordType.AAAA : DnsRecordType.A;
            DnsResponse forward = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
            if (forward.Records.OfType<AddressRecord>().Any(record => AddressNumber.From(record.Address).Equals(AddressNumber.From(address))))
            {
                return new ReverseDns(address, response.Status, name, true);
            }

            confirmed = forward.Status.IsAnswer() ? confirmed : null;
        }

        return new ReverseDns(address, response.Status, names.FirstOrDefault() ?? "", confirmed);
    }
}
