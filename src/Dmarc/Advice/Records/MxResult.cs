using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Where mail for a domain goes.</summary>
public sealed record MxResult
{
    /// <summary>What was found; <see cref="PartStatus.Declined"/> for a null MX (RFC 7505).</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The hosts, the preferred ones first; without a record, the domain itself where it has an address (RFC 5321 §5.1).</summary>
    public PrintableList<MxHost> Hosts { get; init; } = PrintableList<MxHost>.Empty;

    /// <summary>True if there is no record and mail goes to the address of the domain itself (RFC 5321 §5.1); null if that is not known.</summary>
    public bool? IsImplicit { get; init; }

    /// <summary>The services that the hosts belong to, each once.</summary>
    public PrintableList<string> Providers { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if mail can come in, because some host has an address; false if none has; null if that is not known.</summary>
    public bool? AcceptsMail { get; init; }

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The status, or the hosts.</summary>
    public override string ToString() => Status == PartStatus.Found || IsImplicit == true ? Hosts.ToString() : Status.ToStatusText(DnsFailure);
}

/// <summary>A host that takes mail for a domain.</summary>
public sealed record MxHost
{
    /// <summary>The name, as the record has it, without the final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The preference; the lowest is tried first.</summary>
    public int Preference { get; init; }

    /// <summary>Whether the host has an address; <see cref="PartStatus.Invalid"/> for an address instead of a name.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How one of the look-ups for addresses failed; null if both were answered. The other may have found some.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>False if the name does not exist (NXDOMAIN); null if that is not known.</summary>
    public bool? Exists { get; init; }

    /// <summary>The name that it is an alias of, which RFC 5321 §5.1 does not allow; empty if it is none.</summary>
    public string Target { get; init; } = "";

    /// <summary>The addresses.</summary>
    public PrintableList<string> Addresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>The service that the host belongs to; empty if none is known.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The names of the addresses; empty where these were not asked for.</summary>
    public PrintableList<MxReverseDns> ReverseDns { get; init; } = PrintableList<MxReverseDns>.Empty;

    /// <summary>Preference and name.</summary>
    public override string ToString() => Preference.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + Name;
}

/// <summary>The name of a mail exchange's address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Status">Whether it has a name.</param>
/// <param name="Name">The name that leads back to the address, or else the first; empty if there is none.</param>
/// <param name="IsConfirmed">True if the name leads back to the address; null if that is not known.</param>
public sealed record MxReverseDns(string Address, PartStatus Status, string Name, bool? IsConfirmed)
{
    /// <summary>How the look-up of the name failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>Address and name.</summary>
    public override string ToString() => Address + " " + (Name.Length > 0 ? Name : Status.ToStatusText(DnsFailure));
}
