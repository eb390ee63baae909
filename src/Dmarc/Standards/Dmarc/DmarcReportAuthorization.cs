using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Standards.Dmarc;

/// <summary>Whether a destination of another organisation has agreed to take reports (RFC 9990 §4).</summary>
public enum ReportAuthorizationStatus
{
    /// <summary>It belongs to the same organisation, so nobody needs to agree.</summary>
    NotRequired,

    /// <summary>It has agreed.</summary>
    Authorized,

    /// <summary>It has not: no reports are sent there.</summary>
    NotAuthorized,

    /// <summary>Its record sends the reports on to another host, which is not allowed: no reports are sent to either.</summary>
    RedirectRefused,

    /// <summary>The name to ask for does not fit DNS, so it cannot agree: no reports are sent there.</summary>
    NameTooLong,

    /// <summary>Not known, because the look-up failed; receivers may try again.</summary>
    DnsFailure,
}

/// <summary>One destination of reports outside the organisation, and whether it agreed (RFC 9990 §4).</summary>
public sealed record DmarcReportAuthorization
{
    /// <summary>The tag that names the destination: rua or ruf.</summary>
    public required string Tag { get; init; }

    /// <summary>The destination as the record gives it.</summary>
    public required string Uri { get; init; }

    /// <summary>Whether it agreed.</summary>
    public required ReportAuthorizationStatus Status { get; init; }

    /// <summary>
    /// How the look-up failed: that of the agreement, if the status is DnsFailure, or else the one that would have told whether the
    /// destination takes mail. Null if both were answered.
    /// </summary>
    public DnsFailure? DnsFailure => Status == ReportAuthorizationStatus.DnsFailure ? DnsStatus?.ToDnsFailure() : ReceptionFailure;

    /// <summary>True or false if it is known whether reports may be sent there; null if the look-up failed.</summary>
    public bool? Authorized => Status switch
    {
        ReportAuthorizationStatus.DnsFailure => null,
        ReportAuthorizationStatus.Authorized or ReportAuthorizationStatus.NotRequired => true,
        _ => false,
    };

    /// <summary>The name asked; empty if none was.</summary>
    public string QueryName { get; init; } = "";

    /// <summary>How the query ended; null if none was sent.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>The record that agrees, or the first text found; null if there is none.</summary>
    public string? Record { get; init; }

    /// <summary>False if the domain of the destination does not exist (NXDOMAIN); null if that is not known.</summary>
    public bool? DestinationExists => Reception switch
    {
        ReportReception.Unknown => null,
        ReportReception.Missing => false,
        _ => true,
    };

    /// <summary>Where aggregate reports go in the end: the destination, or what its record puts in its place.</summary>
    public PrintableList<string> EffectiveAggregateUris { get; init; } = PrintableList<string>.Empty;

    /// <summary>Where failure reports go in the end: the destination, or what its record puts in its place.</summary>
    public PrintableList<string> EffectiveFailureUris { get; init; } = PrintableList<string>.Empty;

    /// <summary>What the destination's record puts in its place for the tag.</summary>
    internal PrintableList<string> Redirection { get; init; } = PrintableList<string>.Empty;

    /// <summary>Whether the destination's domain takes mail.</summary>
    internal ReportReception Reception { get; init; }

    /// <summary>How the look-up failed that would have told that; null if it was answered.</summary>
    internal DnsFailure? ReceptionFailure { get; init; }

    /// <summary>The destination's domain.</summary>
    internal string Host { get; init; } = "";

    /// <summary>The destination and whether it agreed.</summary>
    public override string ToString() => Uri + ": " + Status;
}
