using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>The record that applies to a domain, and the policy that it requests.</summary>
internal sealed record DmarcDiscovery
{
    /// <summary>The domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The discovery method.</summary>
    public required DiscoveryMethod Method { get; init; }

    /// <summary>The status of the search.</summary>
    public required DmarcRecordStatus Status { get; init; }

    /// <summary>The failure of the deciding look-up; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain of the record that applies, or would if it were usable; null if there is none.</summary>
    public DomainName? RecordDomain { get; init; }

    /// <summary>The record that applies, or would if it were usable; null if there is none.</summary>
    public DmarcRecord? Record { get; init; }

    /// <summary>The Organizational Domain; null if unknown because a look-up failed.</summary>
    public DomainName? OrganizationalDomain { get; init; }

    /// <summary>True if the domain exists, false for NXDOMAIN; null if unknown (RFC 9989 §3.2.13).</summary>
    public bool? DomainExists { get; init; }

    /// <summary>The failure of the look-up for the domain's existence; null if it was answered.</summary>
    public DnsFailure? ExistenceFailure { get; init; }

    /// <summary>The queried names, in order, up to the point where the standard stops.</summary>
    public PrintableList<DmarcWalkStep> Walk { get; init; } = PrintableList<DmarcWalkStep>.Empty;

    /// <summary>The policy published for the domain, before test mode and pct; null if none applies.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The tag of <see cref="Policy"/>: p, sp or np; empty if none applies.</summary>
    public string PolicyTag { get; init; } = "";

    /// <summary>
    /// The applied policy: <see cref="Policy"/>, one level down for t=y (RFC 9989) or pct=0 (RFC 7489).
    /// </summary>
    public DmarcPolicy? AppliedPolicy { get; init; }

    /// <summary>
    /// True if a look-up above the record failed. The record still applies; but whether another domain has the same
    /// Organizational Domain is uncertain.
    /// </summary>
    public bool IsOrganizationalDomainUncertain { get; init; }

    /// <summary>The deciding failure, otherwise the first one that leaves a fact open; null if there is none.</summary>
    public DnsFailure? FirstFailure => DnsFailure ?? ExistenceFailure ?? (IsOrganizationalDomainUncertain
        ? Walk.Select(step => step.Status.ToDnsFailure()).FirstOrDefault(failure => failure is not null)
        : null);
}
