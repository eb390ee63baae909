using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>Options for looking up addresses.</summary>
internal sealed record SourceInspectorOptions
{
    /// <summary>The zone of Team Cymru's service.</summary>
    public const string DefaultNetworkOwnerZone = "asn.cymru.com";

    /// <summary>The zone of network owners, with <c>origin</c> and <c>origin6</c> below it; null for none.</summary>
    public string? NetworkOwnerZone { get; init; } = DefaultNetworkOwnerZone;

    /// <summary>A table of network owners instead of the zone; null if there is none.</summary>
    public NetworkTable? NetworkTable { get; init; }

    /// <summary>The services to recognise.</summary>
    public SendingServices Services { get; init; } = SendingServices.Default;
}
