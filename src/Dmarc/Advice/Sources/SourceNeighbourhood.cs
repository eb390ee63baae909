namespace Dmarc.Advice.Sources;

/// <summary>
/// The networks (IPv4 /24, IPv6 /48) with aligned SPF passes of an organisation: other sources there are probably its
/// own. Bounded; not thread-safe for writing.
/// </summary>
internal sealed class SourceNeighbourhood
{
    private const int MaximumNetworks = 100_000;
    private const int IPv4Length = 24;
    private const int IPv6Length = 48;

    private readonly HashSet<(AddressBlock Network, string Organization)> _networks = [];

    /// <summary>Adds a source, which counts if most of its mail is aligned by SPF.</summary>
    public void Add(SourceEvidence evidence)
    {
        if (evidence.SpfAligned > 0
            && evidence.SpfAligned >= evidence.Evaluated / 2.0
            && _networks.Count < MaximumNetworks
            && TryNetwork(evidence.Source, out AddressBlock network))
        {
            _networks.Add((network, Key(evidence)));
        }
    }

    /// <summary>True if mail of the organisation from the same network has an aligned SPF pass.</summary>
    public bool Contains(SourceEvidence evidence) =>
        _networks.Count > 0
            && TryNetwork(evidence.Source, out AddressBlock network)
            && _networks.Contains((network, Key(evidence)));

    /// <summary>The network of an address or a smaller network.</summary>
    internal static bool TryNetwork(string source, out AddressBlock network)
    {
        if (!AddressBlock.TryParse(source, out AddressBlock block))
        {
            network = default;
            return false;
        }

        network = new AddressBlock(block.First, Math.Min(block.PrefixLength, block.IsIPv6 ? IPv6Length : IPv4Length));
        return true;
    }

    private static string Key(SourceEvidence evidence) => evidence.OrganizationalDomain.ToUpperInvariant();
}
