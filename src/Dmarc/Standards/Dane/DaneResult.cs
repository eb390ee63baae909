using Dmarc.Dns;

namespace Dmarc.Standards.Dane;

/// <summary>Whether the mail exchanges publish TLSA records for their certificates (RFC 7672).</summary>
public sealed record DaneResult
{
    /// <summary>
    /// The status: <see cref="PartStatus.Found"/> if every host has usable records that the resolver validated,
    /// <see cref="PartStatus.Invalid"/> if senders ignore some of the records.
    /// </summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The hosts with TLSA records.</summary>
    public PrintableList<DaneHost> Hosts { get; init; } = PrintableList<DaneHost>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The hosts, or the status.</summary>
    public override string ToString() => Hosts.Count > 0 ? Hosts.ToString() : Status.ToStatusText(DnsFailure);
}

/// <summary>The TLSA records of one mail exchange.</summary>
/// <param name="Name">The host.</param>
/// <param name="IsAuthenticated">True if the resolver validated the records; otherwise they have no meaning.</param>
/// <param name="Records">The records as text: usage, selector, matching type and data in hexadecimal.</param>
public sealed record DaneHost(string Name, bool IsAuthenticated, PrintableList<string> Records)
{
    /// <summary>The host and its number of records.</summary>
    public override string ToString() => Name + " (" + Records.Count.ToString(CultureInfo.InvariantCulture) + ")";
}
