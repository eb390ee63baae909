using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>The source of evidence.</summary>
public enum EvidenceKind
{
    /// <summary>Rows of Microsoft's aggregate reports about mail to the tenant.</summary>
    Report,

    /// <summary>The header of a delivered message.</summary>
    Message,

    /// <summary>Rows of a message trace.</summary>
    MessageTrace,
}

/// <summary>The classification of a sender that uses Direct Send.</summary>
public enum EvidenceVerdict
{
    /// <summary>Unclear.</summary>
    Unclear,

    /// <summary>The domain authorises it: it needs a connector or another way before the endpoint is closed.</summary>
    Legitimate,

    /// <summary>It apparently impersonates the domain.</summary>
    Spoof,

    /// <summary>Mail through the domain's gateway: the switch refuses it unless the gateway has a connector.</summary>
    ThroughGateway,
}

/// <summary>One observed sender that used Direct Send in the name of a domain.</summary>
public sealed record DirectSendEvidence
{
    /// <summary>The source of the evidence.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The sending address; empty if unknown.</summary>
    public required string SourceIP { get; init; }

    /// <summary>The number of messages.</summary>
    public required long Count { get; init; }

    /// <summary>The classification of the sender.</summary>
    public required EvidenceVerdict Verdict { get; init; }

    /// <summary>The reason, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The envelope sender's domain; empty for the null sender or if unknown.</summary>
    public string SenderDomain { get; init; } = "";

    /// <summary>The author's domain; empty if unknown.</summary>
    public string FromDomain { get; init; } = "";

    /// <summary>
    /// True if <c>RejectDirectSend</c> would refuse it: the envelope sender is in the domain. False if only the From
    /// header is, which the switch ignores; null if the envelope sender is unknown.
    /// </summary>
    public bool? IsStoppedBySwitch { get; init; }

    /// <summary>The SPF result of the address for the envelope sender; null if unknown.</summary>
    public AuthenticationResult? Spf { get; init; }

    /// <summary>True if at least one message was accepted, into any folder; null if unknown.</summary>
    public bool? WasTaken { get; init; }

    /// <summary>The enabled connector with the address, so that the switch admits it; empty if none is known.</summary>
    public string Connector { get; init; } = "";

    /// <summary>The file, report or trace of its first occurrence.</summary>
    public string Source { get; init; } = "";

    /// <summary>True if it came through a gateway without a known connector: the switch would refuse it.</summary>
    internal bool NeedsGatewayConnector => Verdict == EvidenceVerdict.ThroughGateway && Connector.Length == 0 && IsStoppedBySwitch != false;

    /// <summary>True if it is legitimate, has no known connector, and the switch would refuse it.</summary>
    internal bool NeedsConnector => Verdict == EvidenceVerdict.Legitimate && Connector.Length == 0 && IsStoppedBySwitch != false;

    /// <summary>The verdict, the address, the number of messages and the reason.</summary>
    public override string ToString() =>
        Verdict + ": " + SourceIP + " (" + Count.ToString(CultureInfo.InvariantCulture) + "): " + Reason;
}
