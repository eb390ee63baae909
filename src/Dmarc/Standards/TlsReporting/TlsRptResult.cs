using Dmarc.Dns;

namespace Dmarc.Standards.TlsReporting;

/// <summary>Where senders report failures of TLS (RFC 8460).</summary>
public sealed record TlsRptResult
{
    /// <summary>The status.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The record; empty if there is none; null if its look-up failed.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The destinations of reports: mailto: and https: URIs.</summary>
    public PrintableList<string> ReportUri { get; init; } = PrintableList<string>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The destinations, or the status.</summary>
    public override string ToString() => ReportUri.Count > 0 ? ReportUri.ToString() : Status.ToStatusText(DnsFailure);
}
