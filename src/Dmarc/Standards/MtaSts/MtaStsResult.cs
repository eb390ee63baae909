using Dmarc.Dns;
using Dmarc.Dns.Https;

namespace Dmarc.Standards.MtaSts;

/// <summary>Whether senders must deliver with TLS only (RFC 8461).</summary>
public sealed record MtaStsResult
{
    /// <summary>The status of the record, and of the policy if it was fetched.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The record; empty if there is none; null if its look-up failed.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The id of the policy, which changes with it; empty if missing; null if the look-up failed.</summary>
    public string? Id { get; init; } = "";

    /// <summary>A record to publish if the domain has none: its id is the day of the look-up.</summary>
    internal string ProposedRecord { get; init; } = "";

    /// <summary>The status of fetching the policy; null if it was not fetched.</summary>
    public HttpsStatus? PolicyStatus { get; init; }

    /// <summary>The mode of the policy; null if there is no usable policy.</summary>
    public MtaStsMode? Mode { get; init; }

    /// <summary>How many seconds senders cache the policy; null if missing.</summary>
    public long? MaxAge { get; init; }

    /// <summary>The hosts allowed by the policy.</summary>
    public PrintableList<string> MxPatterns { get; init; } = PrintableList<string>.Empty;

    /// <summary>The mail exchanges that no pattern allows: in mode enforce, senders do not deliver to them.</summary>
    public PrintableList<string> UnmatchedHosts { get; init; } = PrintableList<string>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The failed look-up of the policy host; null if it was answered or is in <see cref="Status"/>.</summary>
    internal DnsFailure? HostFailure { get; init; }

    /// <summary>The mode, or the status.</summary>
    public override string ToString() => Mode?.ToString() ?? Status.ToStatusText(DnsFailure);
}
