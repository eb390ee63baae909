using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>Whether a destination in another organisation has agreed to receive reports (RFC 9990 §4).</summary>
public enum ReportAuthorizationStatus
{
    /// <summary>It belongs to the same organisation, so no authorization is needed.</summary>
    NotRequired,

    /// <summary>It authorizes the reports.</summary>
    Authorized,

    /// <summary>It does not authorize the reports: none are sent there.</summary>
    NotAuthorized,

    /// <summary>Its record redirects to another host, which is not allowed: no reports are sent to either.</summary>
    RedirectRefused,

    /// <summary>The authorization name is too long for DNS, so no reports are sent there.</summary>
    NameTooLong,

    /// <summary>Unknown because the look-up failed; receivers may retry.</summary>
    DnsFailure,
}

/// <summary>A report destination outside the organisation, and its authorization (RFC 9990 §4).</summary>
public sealed record DmarcReportAuthorization
{
    /// <summary>The tag of the destination: rua or ruf.</summary>
    public required string Tag { get; init; }

    /// <summary>The destination in the record.</summary>
    public required string Uri { get; init; }

    /// <summary>Whether it authorizes the reports.</summary>
    public required ReportAuthorizationStatus Status { get; init; }

    /// <summary>
    /// The failure of the look-up: of the authorization if the status is DnsFailure, otherwise of the check whether the
    /// destination accepts mail. Null if both were answered.
    /// </summary>
    public DnsFailure? DnsFailure => Status == ReportAuthorizationStatus.DnsFailure ? DnsStatus?.ToDnsFailure() : ReceptionFailure;

    /// <summary>Whether reports may be sent there; null if the look-up failed.</summary>
    public bool? Authorized => Status switch
    {
        ReportAuthorizationStatus.DnsFailure => null,
        ReportAuthorizationStatus.Authorized or ReportAuthorizationStatus.NotRequired => true,
        _ => false,
    };

    /// <summary>The queried name; empty if none was.</summary>
    public string QueryName { get; init; } = "";

    /// <summary>The status of the query; null if none was sent.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>The authorizing record, or the first text found; null if there is none.</summary>
    public string? Record { get; init; }

    /// <summary>False if the domain of the destination does not exist (NXDOMAIN); null if unknown.</summary>
    public bool? DestinationExists => Reception switch
    {
        ReportReception.Unknown => null,
        ReportReception.Missing => false,
        _ => true,
    };

    /// <summary>The final destinations of aggregate reports: this destination or its replacements.</summary>
    public PrintableList<string> EffectiveAggregateUris { get; init; } = PrintableList<string>.Empty;

    /// <summary>The final destinations of failure reports: this destination or its replacements.</summary>
    public PrintableList<string> EffectiveFailureUris { get; init; } = PrintableList<string>.Empty;

    /// <summary>The replacements in the destination's record for the tag.</summary>
    internal PrintableList<string> Redirection { get; init; } = PrintableList<string>.Empty;

    /// <summary>Whether the destination's domain accepts mail.</summary>
    internal ReportReception Reception { get; init; }

    /// <summary>The failure of the look-up for that; null if it was answered.</summary>
    internal DnsFailure? ReceptionFailure { get; init; }

    /// <summary>The destination's domain.</summary>
    internal string Host { get; init; } = "";

    /// <summary>The destination and its status.</summary>
    public override string ToString() => Uri + ": " + Status;
}
