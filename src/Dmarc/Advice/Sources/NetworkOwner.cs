using Dmarc.Dns;

namespace Dmarc.Advice.Sources;

/// <summary>The announced network of an address and its owner.</summary>
/// <param name="Status">The status of the network's look-up.</param>
/// <param name="Network">The network; null if unknown.</param>
/// <param name="Asn">The number of the autonomous system; null if unknown.</param>
/// <param name="Country">The country in which the network is registered; empty if unknown.</param>
/// <param name="Name">The name of the autonomous system's owner; empty if unknown.</param>
/// <param name="Failure">The failed look-up; null if none failed.</param>
internal sealed record NetworkOwner(
    DnsStatus Status,
    AddressBlock? Network = null,
    long? Asn = null,
    string Country = "",
    string Name = "",
    DnsResponse? Failure = null);
