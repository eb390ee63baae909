using Dmarc.Dns;
using Dmarc.Standards;

namespace Dmarc.Advice.Sources;

/// <summary>The sender at an address and, with report rows, the class of its mail in a domain's name.</summary>
public sealed record SourceResult
{
    /// <summary>The address in canonical form; the input if it is invalid.</summary>
    public required string SourceIP { get; init; }

    /// <summary>The status of the look-ups.</summary>
    public required SourceStatus Status { get; init; }

    /// <summary>The first failure of a look-up; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The names of the address in reverse DNS, at most ten, confirmed ones first.</summary>
    public PrintableList<string> Names { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if a name resolves to the address; null without a name, or if unknown.</summary>
    public bool? IsNameConfirmed { get; init; }

    /// <summary>The status of the PTR look-up; null if it was not made.</summary>
    public DnsStatus? NameStatus { get; init; }

    /// <summary>The announced network in CIDR form; empty if unknown.</summary>
    public string Network { get; init; } = "";

    /// <summary>The number of the autonomous system that announces the network; null if unknown.</summary>
    public long? Asn { get; init; }

    /// <summary>The name of that system's owner; empty if unknown.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The country in which the network is registered, as two letters; empty if unknown.</summary>
    public string Country { get; init; } = "";

    /// <summary>The status of the network's look-up; null if it was not made.</summary>
    public DnsStatus? NetworkStatus { get; init; }

    /// <summary>The sending service; empty if unknown.</summary>
    public string Service { get; init; } = "";

    /// <summary>The sign by which the service was recognised.</summary>
    public ServiceSign ServiceSign { get; init; }

    /// <summary>The service, else the confirmed name, else the owner, or empty; null if a look-up failed.</summary>
    public string? Sender => Service.Length > 0 ? Service
        : IsNameConfirmed == true ? Names[0]
        : Owner.Length > 0 || NameStatus?.IsAnswer() != false ? Owner
        : null;

    /// <summary>The From domain; empty if only an address was given.</summary>
    public string HeaderFrom { get; init; } = "";

    /// <summary>
    /// The current SPF result of the address for the From domain, as in RFC 7208 §2.6; null if there is no From domain
    /// or no query.
    /// </summary>
    public AuthenticationResult? SpfCovers { get; init; }

    /// <summary>The number of messages in the rows or groups; null if none were given.</summary>
    public long? Messages { get; init; }

    /// <summary>The number of messages that passed.</summary>
    public long? Passed { get; init; }

    /// <summary>The number of messages with an aligned DKIM pass.</summary>
    public long? DkimAligned { get; init; }

    /// <summary>The number of messages with an aligned SPF pass.</summary>
    public long? SpfAligned { get; init; }

    /// <summary>The class of the source; null without rows.</summary>
    public SourceClass? Class { get; init; }

    /// <summary>The text for a table: <see cref="Class"/>, or <see cref="Status"/> without rows.</summary>
    public string Outcome => Class?.ToString() ?? Status.ToStatusText(DnsFailure);

    /// <summary>The reason for the class, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True for a documentation address without a name.</summary>
    internal bool IsDocumentation => Findings.Any(finding => finding.Code == SourceFindings.Documentation.Code);

    /// <summary>The failed look-up, for an error message; empty if none failed.</summary>
    internal string FailedQuery { get; init; } = "";

    /// <summary>The address and the known facts.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1}",
        SourceIP,
        Class is { } known ? known : Service.Length > 0 ? Service : Status.ToStatusText(DnsFailure));
}
