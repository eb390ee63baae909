using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>Options for what an inspection queries.</summary>
/// <param name="DiscoveryMethod">The discovery method.</param>
/// <param name="Suffixes">Organizational Domains without DNS; null for the embedded public suffix list.</param>
/// <param name="ProbeWrongNames">
/// Also query the names of misplaced records (the domain itself, doubled names, wildcards): four more look-ups in the
/// same round trip. Turn it off for many domains.
/// </param>
/// <param name="CheckReportDestinations">
/// Also check if report destinations authorize the reports (RFC 9990 §4): one more round trip.
/// </param>
/// <param name="FindReportDomain">
/// Also look for a report address to propose if no usable one is published: one more round trip.
/// </param>
/// <param name="WildcardProbeLabel">The label for the wildcard probe; null for a random one.</param>
internal sealed record DmarcInspectionOptions(
    DiscoveryMethod DiscoveryMethod = default,
    IOrganizationalDomainSource? Suffixes = null,
    bool ProbeWrongNames = true,
    bool CheckReportDestinations = true,
    bool FindReportDomain = false,
    string? WildcardProbeLabel = null);
