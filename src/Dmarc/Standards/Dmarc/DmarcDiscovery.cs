using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Standards.Dmarc;

/// <summary>Which record applies to a domain, and what it asks for there.</summary>
internal sealed record DmarcDiscovery
{
    /// <summary>The domain that was asked about.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>How the record was looked for.</summary>
    public required DiscoveryMethod Method { get; init; }

    /// <summary>What the search ended with.</summary>
    public required DmarcRecordStatus Status { get; init; }

    /// <summary>How the look-up failed that decides; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain whose record applies, or would if it were usable; null if there is none.</summary>
    public DomainName? RecordDomain { get; init; }

    /// <summary>The record that applies, or would if it were usable; null if there is none.</summary>
    public DmarcRecord? Record { get; init; }

    /// <summary>The Organizational Domain; null if it is not known because a look-up failed.</summary>
    public DomainName? OrganizationalDomain { get; init; }

    /// <summary>True if the domain exists, false for NXDOMAIN; null if that is not known (RFC 9989 §3.2.13).</summary>
    public bool? DomainExists { get; init; }

    /// <summary>How the look-up failed that would have told whether the domain exists; null if it was answered.</summary>
    public DnsFailure? ExistenceFailure { get; init; }

    /// <summary>The names asked, in order and cut where the standard stops.</summary>
    public PrintableList<DmarcWalkStep> Walk { get; init; } = PrintableList<DmarcWalkStep>.Empty;

    /// <summary>The policy published for the domain, before test mode and pct; null if none applies.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The tag that <see cref="Policy"/> comes from: p, sp or np; empty if none applies.</summary>
    public string PolicyTag { get; init; } = "";

    /// <summary>The policy that receivers apply: <see cref="Policy"/>, one level down where t=y (RFC 9989) or pct=0 (RFC 7489).</summary>
    public DmarcPolicy? AppliedPolicy { get; init; }

    /// <summary>
    /// True if a look-up above the record failed. The record applies all the same; whether another domain has the same
    /// Organizational Domain is then not certain.
    /// </summary>
    public bool IsOrganizationalDomainUncertain { get; init; }

    /// <summary>The failure that decides, or else the first one that leaves something open beside the record; null if nothing is open.</summary>
    public DnsFailure? FirstFailure => DnsFailure ?? ExistenceFailure ?? (IsOrganizationalDomainUncertain
        ? Walk.Select(step => step.Status.ToDnsFailure()).FirstOrDefault(failure => failure is not null)
        : null);
}
