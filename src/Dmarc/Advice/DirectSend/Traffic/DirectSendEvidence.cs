using System.Globalization;
using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>What a piece of evidence was read from.</summary>
public enum EvidenceKind
{
    /// <summary>Rows of aggregate reports that Microsoft sent about mail to the tenant.</summary>
    Report,

    /// <summary>The header of a message that was delivered.</summary>
    Message,

    /// <summary>Rows of a message trace.</summary>
    MessageTrace,
}

/// <summary>What a sender that uses Direct Send seems to be.</summary>
public enum EvidenceVerdict
{
    /// <summary>It cannot be told.</summary>
    Unclear,

    /// <summary>The domain authorises it: it needs a connector, or another way to send, before the door is closed.</summary>
    Legitimate,

    /// <summary>It poses as the domain, as far as can be seen.</summary>
    Spoof,

    /// <summary>A mail exchange of the domain handed it over: it is no Direct Send, but the switch refuses it if the gateway has no connector.</summary>
    ThroughGateway,
}

/// <summary>One sender that was seen to use Direct Send in the name of a domain.</summary>
public sealed record DirectSendEvidence
{
    /// <summary>What it was read from.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The address that handed the mail over; empty if it is not known.</summary>
    public required string SourceIP { get; init; }

    /// <summary>How many messages were seen.</summary>
    public required long Count { get; init; }

    /// <summary>What the sender seems to be.</summary>
    public required EvidenceVerdict Verdict { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The envelope sender's domain; empty for the null sender and where it is not known.</summary>
    public string SenderDomain { get; init; } = "";

    /// <summary>The author's domain; empty if it is not known.</summary>
    public string FromDomain { get; init; } = "";

    /// <summary>
    /// True where <c>RejectDirectSend</c> would refuse it: the envelope sender is the domain's. False where only the From header is, which
    /// the switch does not look at; null if the envelope sender is not known.
    /// </summary>
    public bool? IsStoppedBySwitch { get; init; }

    /// <summary>What SPF says of the address for the envelope sender; null if that is not known.</summary>
    public AuthenticationResult? Spf { get; init; }

    /// <summary>True where at least one of the messages was taken in, whatever folder it went to; null if that is not known.</summary>
    public bool? WasTaken { get; init; }

    /// <summary>The enabled connector that names the address, so that the switch lets it in; empty if none does, or the connectors are not known.</summary>
    public string Connector { get; init; } = "";

    /// <summary>The file, report or trace where it was first seen.</summary>
    public string Source { get; init; } = "";

    /// <summary>True if it came through a gateway that no connector is known for, so that the switch would refuse it.</summary>
    internal bool NeedsGatewayConnector => Verdict == EvidenceVerdict.ThroughGateway && Connector.Length == 0 && IsStoppedBySwitch != false;

    /// <summary>True if it is legitimate, no connector that is known takes it, and the switch would refuse it.</summary>
    internal bool NeedsConnector => Verdict == EvidenceVerdict.Legitimate && Connector.Length == 0 && IsStoppedBySwitch != false;

    /// <summary>The verdict, the address, the number of messages and why.</summary>
    public override string ToString() =>
        Verdict + ": " + SourceIP + " (" + Count.ToString(CultureInfo.InvariantCulture) + "): " + Reason;
}
