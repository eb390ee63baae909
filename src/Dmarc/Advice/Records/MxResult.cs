using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>The destination of mail for a domain.</summary>
public sealed record MxResult
{
    /// <summary>The status; <see cref="PartStatus.Declined"/> for a null MX (RFC 7505).</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The hosts, most preferred first; by default the domain if it has an address (RFC 5321 §5.1).</summary>
    public PrintableList<MxHost> Hosts { get; init; } = PrintableList<MxHost>.Empty;

    /// <summary>True if there is no record and the domain's own address is used (RFC 5321 §5.1), or null.</summary>
    public bool? IsImplicit { get; init; }

    /// <summary>The services of the hosts, each once.</summary>
    public PrintableList<string> Providers { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if at least one host has an address, so mail can arrive; null if unknown.</summary>
    public bool? AcceptsMail { get; init; }

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The status, or the hosts.</summary>
    public override string ToString() =>
        Status == PartStatus.Found || IsImplicit == true ? Hosts.ToString() : Status.ToStatusText(DnsFailure);
}

/// <summary>A host that accepts mail for a domain.</summary>
public sealed record MxHost
{
    /// <summary>The name in the record, without the final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The preference; the lowest is tried first.</summary>
    public int Preference { get; init; }

    /// <summary>Whether the host has an address; <see cref="PartStatus.Invalid"/> if it is an address itself.</summary>
    public PartStatus Status { get; init; }

    /// <summary>A failed look-up of addresses; null if both were answered. The other one may have found some.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>False if the name does not exist (NXDOMAIN); null if unknown.</summary>
    public bool? Exists { get; init; }

    /// <summary>The CNAME target, which RFC 5321 §5.1 does not allow; empty if the name is not an alias.</summary>
    public string Target { get; init; } = "";

    /// <summary>The addresses.</summary>
    public PrintableList<string> Addresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>The service of the host; empty if unknown.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The names of the addresses; empty if not queried.</summary>
    public PrintableList<MxReverseDns> ReverseDns { get; init; } = PrintableList<MxReverseDns>.Empty;

    /// <summary>Preference and name.</summary>
    public override string ToString() => Preference.ToString(CultureInfo.InvariantCulture) + " " + Name;
}

/// <summary>The reverse DNS name of a mail exchange's address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Status">Whether there is a name.</param>
/// <param name="Name">The forward-confirmed name, otherwise the first; empty if there is none.</param>
/// <param name="IsConfirmed">True if the name is forward-confirmed; null if unknown.</param>
public sealed record MxReverseDns(string Address, PartStatus Status, string Name, bool? IsConfirmed)
{
    /// <summary>How the look-up of the name failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>Address and name.</summary>
    public override string ToString() => Address + " " + (Name.Length > 0 ? Name : Status.ToStatusText(DnsFailure));
}
