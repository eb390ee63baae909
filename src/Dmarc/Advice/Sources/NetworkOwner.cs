using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.Advice.Sources;

/// <summary>The announced network of an address and who announces it.</summary>
internal sealed record NetworkOwner
{
    /// <summary>How the look-up of the network ended.</summary>
    public required DnsStatus Status { get; init; }

    /// <summary>The network; null if it is not known.</summary>
    public AddressBlock? Network { get; init; }

    /// <summary>The number of the autonomous system; null if it is not known.</summary>
    public long? Asn { get; init; }

    /// <summary>The country where the network is registered; empty if it is not known.</summary>
    public string Country { get; init; } = "";

    /// <summary>The name of the autonomous system's owner; empty if it is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>The look-up that failed; null if none did.</summary>
    public DnsResponse? Failure { get; init; }
}
