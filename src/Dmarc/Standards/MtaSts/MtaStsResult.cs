using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Text;

namespace Dmarc.Standards.MtaSts;

/// <summary>Whether senders are told to hand mail over with TLS only (RFC 8461).</summary>
public sealed record MtaStsResult
{
    /// <summary>What was found: the record, and the policy where that was fetched.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The record; empty if there is none; null if its look-up failed.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The id of the policy, which changes with it; empty if there is none; null if the look-up failed.</summary>
    public string? Id { get; init; } = "";

    /// <summary>A record to publish for a domain that has none: its id is the day of the look-up.</summary>
    internal string ProposedRecord { get; init; } = "";

    /// <summary>How the fetch of the policy ended; null if it was not fetched.</summary>
    public HttpsStatus? PolicyStatus { get; init; }

    /// <summary>What the policy asks of senders; null if there is none that can be used.</summary>
    public MtaStsMode? Mode { get; init; }

    /// <summary>For how many seconds senders keep the policy; null if it does not say.</summary>
    public long? MaxAge { get; init; }

    /// <summary>The hosts that the policy allows.</summary>
    public PrintableList<string> MxPatterns { get; init; } = PrintableList<string>.Empty;

    /// <summary>The mail exchanges that no pattern of the policy allows: mail to these is held back in mode enforce.</summary>
    public PrintableList<string> UnmatchedHosts { get; init; } = PrintableList<string>.Empty;

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>How the look-up of the host of the policy failed; null if it was answered, or <see cref="Status"/> tells it.</summary>
    internal DnsFailure? HostFailure { get; init; }

    /// <summary>The mode, or the status.</summary>
    public override string ToString() => Mode?.ToString() ?? Status.ToStatusText(DnsFailure);
}
