using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>What is looked up about addresses.</summary>
internal sealed record SourceInspectorOptions
{
    /// <summary>The zone of Team Cymru's service.</summary>
    public const string DefaultNetworkOwnerZone = "asn.cymru.com";

    /// <summary>The zone that tells the owners of networks, with <c>origin</c> and <c>origin6</c> below it; null to ask for no owner.</summary>
    public string? NetworkOwnerZone { get; init; } = DefaultNetworkOwnerZone;

    /// <summary>A table that tells the owners of networks instead of the zone; null if there is none.</summary>
    public NetworkTable? NetworkTable { get; init; }

    /// <summary>The services to recognise.</summary>
    public SendingServices Services { get; init; } = SendingServices.Default;
}
