using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>How much an inspection asks.</summary>
internal sealed record DmarcInspectionOptions
{
    /// <summary>How the record is looked for.</summary>
    public DiscoveryMethod DiscoveryMethod { get; init; }

    /// <summary>Organizational Domains without DNS; null for the embedded public suffix list.</summary>
    public IOrganizationalDomainSource? Suffixes { get; init; }

    /// <summary>
    /// Also look where records stand by mistake (the domain itself, doubled names, wildcards): four look-ups more, in
    /// the same round trip. Turn it off for many domains.
    /// </summary>
    public bool ProbeWrongNames { get; init; } = true;

    /// <summary>Also ask whether destinations of reports have agreed (RFC 9990 §4): one round trip more where there are any.</summary>
    public bool CheckReportDestinations { get; init; } = true;

    /// <summary>Also ask where an address for reports can be proposed, if no usable one is published: one round trip more then.</summary>
    public bool FindReportDomain { get; init; }

    /// <summary>The label that a wildcard is tried with; null for a random one.</summary>
    public string? WildcardProbeLabel { get; init; }
}
