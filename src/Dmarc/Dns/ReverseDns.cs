using System.Net;

namespace Dmarc.Dns;

/// <summary>The names of an address, and whether one of them resolves to it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Status">The status of the PTR look-up.</param>
/// <param name="Names">The names, confirmed ones first.</param>
/// <param name="IsConfirmed">True if a name resolves to the address; null if a failed look-up leaves it open.</param>
internal sealed record ReverseDns(IPAddress Address, DnsStatus Status, PrintableList<string> Names, bool? IsConfirmed)
{
    /// <summary>The maximum number of names examined, as in SPF.</summary>
    private const int MaximumNames = 10;

    /// <summary>A confirmed name, otherwise the first; empty if there is none.</summary>
    public string Name => Names.Count > 0 ? Names[0] : "";

    /// <summary>The failed look-up of a name; null if none failed.</summary>
    public DnsResponse? Failure { get; private init; }

    /// <summary>The name of the PTR records of an address (RFC 1035 §3.5, RFC 3596 §2.5).</summary>
    public static string NameOf(AddressNumber address)
    {
        string[] parts = AddressText.Dotted(address).Split('.');
        Array.Reverse(parts);
        return string.Join(".", parts) + (address.IsIPv6 ? ".ip6.arpa" : ".in-addr.arpa");
    }

    public static async Task<ReverseDns> AskAsync(IDnsResolver resolver, IPAddress address, CancellationToken cancellationToken)
    {
        AddressNumber number = AddressNumber.From(address);
        DnsResponse response = await resolver
            .QueryAsync(NameOf(number), DnsRecordType.PTR, cancellationToken)
            .ConfigureAwait(false);
        DnsRecordType type = number.IsIPv6 ? DnsRecordType.AAAA : DnsRecordType.A;
        (string Name, DnsResponse Forward)[] names = await Task.WhenAll(response.Records.OfType<NameRecord>()
            .Select(record => record.Target)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaximumNames)
            .Select(async name => (name, await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        bool Confirms(DnsResponse forward) =>
            forward.Records.OfType<AddressRecord>().Any(record => AddressNumber.From(record.Address).Equals(number));
        DnsResponse? failure = Array.Find(names, name => !name.Forward.Status.IsAnswer()).Forward;
        return new ReverseDns(
            address,
            response.Status,
            names.OrderByDescending(name => Confirms(name.Forward)).Select(name => name.Name).ToPrintableList(),
            Array.Exists(names, name => Confirms(name.Forward)) ? true : failure is null ? false : null)
        {
            Failure = response.Status.IsAnswer() ? failure : response,
        };
    }
}
