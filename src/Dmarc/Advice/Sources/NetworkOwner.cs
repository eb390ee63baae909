using Dmarc.Dns;

namespace Dmarc.Advice.Sources;

/// <summary>The announced network of an address and its owner.</summary>
internal sealed record NetworkOwner
{
    /// <summary>The status of the network's look-up.</summary>
    public required DnsStatus Status { get; init; }

    /// <summary>The network; null if unknown.</summary>
    public AddressBlock? Network { get; init; }

    /// <summary>The number of the autonomous system; null if unknown.</summary>
    public long? Asn { get; init; }

    /// <summary>The country in which the network is registered; empty if unknown.</summary>
    public string Country { get; init; } = "";

    /// <summary>The name of the autonomous system's owner; empty if unknown.</summary>
    public string Name { get; init; } = "";

    /// <summary>The failed look-up; null if none failed.</summary>
    public DnsResponse? Failure { get; init; }
}
