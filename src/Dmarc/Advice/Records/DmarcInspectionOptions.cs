using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>Options for what an inspection queries.</summary>
internal sealed record DmarcInspectionOptions
{
    /// <summary>The discovery method.</summary>
    public DiscoveryMethod DiscoveryMethod { get; init; }

    /// <summary>Organizational Domains without DNS; null for the embedded public suffix list.</summary>
    public IOrganizationalDomainSource? Suffixes { get; init; }

    /// <summary>
    /// Also query the names of misplaced records (the domain itself, doubled names, wildcards): four more look-ups in
    /// the same round trip. Turn it off for many domains.
    /// </summary>
    public bool ProbeWrongNames { get; init; } = true;

    /// <summary>Also check if report destinations authorize the reports (RFC 9990 §4): one more round trip.</summary>
    public bool CheckReportDestinations { get; init; } = true;

    /// <summary>Also look for a report address to propose if no usable one is published: one more round trip.</summary>
    public bool FindReportDomain { get; init; }

    /// <summary>The label for the wildcard probe; null for a random one.</summary>
    public string? WildcardProbeLabel { get; init; }
}
