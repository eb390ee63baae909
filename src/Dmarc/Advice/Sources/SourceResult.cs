using System.Globalization;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Text;

namespace Dmarc.Advice.Sources;

/// <summary>Who sends from an address and, where rows of reports were given, what its mail in a domain's name is.</summary>
public sealed record SourceResult
{
    /// <summary>The address in its canonical text; what was given where that is none.</summary>
    public required string SourceIP { get; init; }

    /// <summary>What came of the look-ups.</summary>
    public required SourceStatus Status { get; init; }

    /// <summary>How the first look-up failed that did; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The names of the address in reverse DNS, at most ten; those that have the address come first.</summary>
    public PrintableList<string> Names { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if one of the names has the address; null if there is no name, or it is not known.</summary>
    public bool? IsNameConfirmed { get; init; }

    /// <summary>How the look-up of the names ended; null if nothing was asked.</summary>
    public DnsStatus? NameStatus { get; init; }

    /// <summary>The announced network in CIDR form; empty if it is not known.</summary>
    public string Network { get; init; } = "";

    /// <summary>The number of the autonomous system that announces the network; null if it is not known.</summary>
    public long? Asn { get; init; }

    /// <summary>The name of that system's owner; empty if it is not known.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The country where the network is registered, as two letters; empty if it is not known.</summary>
    public string Country { get; init; } = "";

    /// <summary>How the look-up of the network ended; null if it was not asked for.</summary>
    public DnsStatus? NetworkStatus { get; init; }

    /// <summary>The sending service; empty if none is known.</summary>
    public string Service { get; init; } = "";

    /// <summary>By what it was recognised.</summary>
    public ServiceSign ServiceSign { get; init; }

    /// <summary>Who it is in short: the service, or else the confirmed name, or else the owner of the network; empty if there is none; null if a look-up failed.</summary>
    public string? Sender => Service.Length > 0 ? Service
        : IsNameConfirmed == true ? Names[0]
        : Owner.Length > 0 || NameStatus?.IsAnswer() != false ? Owner
        : null;

    /// <summary>The From domain; empty where only an address was given.</summary>
    public string HeaderFrom { get; init; } = "";

    /// <summary>
    /// What the From domain's own SPF record says of the address today, one of RFC 7208 §2.6; null if there is no From
    /// domain, or nothing was asked.
    /// </summary>
    public AuthenticationResult? SpfCovers { get; init; }

    /// <summary>The messages of the rows; null if no rows were given.</summary>
    public long? Messages { get; init; }

    /// <summary>Those of them that passed.</summary>
    public long? Passed { get; init; }

    /// <summary>Those of them with an aligned DKIM pass.</summary>
    public long? DkimAligned { get; init; }

    /// <summary>Those of them with an aligned SPF pass.</summary>
    public long? SpfAligned { get; init; }

    /// <summary>What the source is; null if no rows were given.</summary>
    public SourceClass? Class { get; init; }

    /// <summary>What a row of a table says: <see cref="Class"/>, or <see cref="Status"/> where no rows were given.</summary>
    public string Outcome => Class?.ToString() ?? Status.ToStatusText(DnsFailure);

    /// <summary>Why it is that, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True if the address is meant for examples and has no name.</summary>
    internal bool IsDocumentation => Findings.Any(finding => finding.Code == SourceFindings.Documentation.Code);

    /// <summary>The look-up that failed, for an error message; empty if none did.</summary>
    internal string FailedQuery { get; init; } = "";

    /// <summary>The address and what is known of it.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1}",
        SourceIP,
        Class is { } known ? known : Service.Length > 0 ? Service : Status.ToStatusText(DnsFailure));
}
