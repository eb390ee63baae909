using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// A source of mail in a domain's name, and the effect of the next policy on its mail. The addresses of one sending
/// service count as one source.
/// </summary>
public sealed record RolloutSource
{
    /// <summary>The address, or the network in CIDR form; of several, the one with the most failing messages.</summary>
    public required string Source { get; init; }

    /// <summary>The From domain.</summary>
    public required string HeaderFrom { get; init; }

    /// <summary>The class of the source, by its last weeks.</summary>
    public SourceClass Class { get; init; }

    /// <summary>The sending service; empty if unknown.</summary>
    public string Service { get; init; } = "";

    /// <summary>The number of its addresses in the rows.</summary>
    public int Addresses { get; init; } = 1;

    /// <summary>The number of messages.</summary>
    public long Messages { get; init; }

    /// <summary>The number of messages that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>The number of messages that the next policy would newly quarantine.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>The number of messages that the next policy would newly reject.</summary>
    public long WouldReject { get; init; }

    /// <summary>True if the failing mail is probably the owner's own: the next policy must wait for it.</summary>
    public bool IsBlocking { get; init; }

    /// <summary>The end of the last report with a failing message, in UTC; null if unknown.</summary>
    public DateTime? LastFailed { get; init; }

    /// <summary>The reason for the class, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The service or address, and the number of failing messages.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Rollout_ShareFailed, Service.Length > 0 ? Service : Source, Failed, Messages);
}
