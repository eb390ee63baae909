using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// A source of mail in a domain's name, and what the next policy would have done to its mail. The addresses of one sending
/// service count as one source.
/// </summary>
public sealed record RolloutSource
{
    /// <summary>The address, or the network in CIDR form; of several, the one with most messages that fail.</summary>
    public required string Source { get; init; }

    /// <summary>The From domain.</summary>
    public required string HeaderFrom { get; init; }

    /// <summary>What the source is, by its last weeks.</summary>
    public SourceClass Class { get; init; }

    /// <summary>The sending service; empty if none is known.</summary>
    public string Service { get; init; } = "";

    /// <summary>How many addresses it has in the rows.</summary>
    public int Addresses { get; init; } = 1;

    /// <summary>Its messages.</summary>
    public long Messages { get; init; }

    /// <summary>Those of them that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>Messages that the next policy would have had treated as suspicious, and the present one not.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>Messages that the next policy would have had rejected, and the present one not.</summary>
    public long WouldReject { get; init; }

    /// <summary>True if the failing mail is likely the domain owner's own: the next policy has to wait for it.</summary>
    public bool IsBlocking { get; init; }

    /// <summary>The end of the last report with a message that failed, in UTC; null if none is known.</summary>
    public DateTime? LastFailed { get; init; }

    /// <summary>Why it is of its class, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The service or address, and how many messages fail.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Rollout_ShareFailed,
        Service.Length > 0 ? Service : Source,
        Failed,
        Messages);
}
