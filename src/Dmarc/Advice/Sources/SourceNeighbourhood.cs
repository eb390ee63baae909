using Dmarc.Domains;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The networks (IPv4 /24, IPv6 /48) from which mail of an organisation passes SPF with alignment: what else comes from
/// there is likely its own. Bounded; not meant to be written by several threads at once.
/// </summary>
internal sealed class SourceNeighbourhood
{
    private const int MaximumNetworks = 100_000;
    private const int IPv4Length = 24;
    private const int IPv6Length = 48;

    private readonly HashSet<(AddressBlock Network, string Organization)> _networks = [];

    /// <summary>Takes a source into account: it counts where most of its mail is aligned by SPF.</summary>
    public void Add(SourceEvidence evidence)
    {
        if (evidence is null)
        {
            throw new ArgumentNullException(nameof(evidence));
        }

        if (evidence.SpfAligned > 0
            && evidence.SpfAligned >= evidence.Evaluated / 2.0
            && _networks.Count < MaximumNetworks
            && TryNetwork(evidence.Source, out AddressBlock network))
        {
            _networks.Add((network, Key(evidence)));
        }
    }

    /// <summary>True where mail of the same organisation from the same network passes SPF with alignment.</summary>
    public bool Contains(SourceEvidence evidence) =>
        evidence is not null && _networks.Count > 0 && TryNetwork(evidence.Source, out AddressBlock network) && _networks.Contains((network, Key(evidence)));

    /// <summary>The network that an address, or a smaller network, counts for.</summary>
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
