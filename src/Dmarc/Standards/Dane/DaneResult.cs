using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Standards.Dane;

/// <summary>Whether the mail exchanges publish their certificates in DNS (RFC 7672).</summary>
public sealed record DaneResult
{
    /// <summary>
    /// What was found: <see cref="PartStatus.Found"/> where every host has records that can be used and the resolver validated them,
    /// <see cref="PartStatus.Invalid"/> where there are records and senders make nothing of some of them.
    /// </summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The hosts that have TLSA records.</summary>
    public PrintableList<DaneHost> Hosts { get; init; } = PrintableList<DaneHost>.Empty;

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The hosts, or the status.</summary>
    public override string ToString() => Hosts.Count > 0 ? Hosts.ToString() : Status.ToStatusText(DnsFailure);
}

/// <summary>The TLSA records of one mail exchange.</summary>
/// <param name="Name">The host.</param>
/// <param name="IsAuthenticated">True if the resolver says that it validated the records; without that they have no meaning.</param>
/// <param name="Records">The records as text: usage, selector, matching type and the data in hexadecimal digits.</param>
public sealed record DaneHost(string Name, bool IsAuthenticated, PrintableList<string> Records)
{
    /// <summary>The host and how many records it has.</summary>
    public override string ToString() => Name + " (" + Records.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) + ")";
}
