using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// Observed mail to a tenant without authentication, in the name of one of its domains. Equal observations are counted
/// together.
/// </summary>
internal sealed record TrafficObservation
{
    public required EvidenceKind Kind { get; init; }

    /// <summary>The sending address in canonical form; empty if unknown.</summary>
    public required string SourceIP { get; init; }

    /// <summary>The HELO name of the sending host; empty if unknown.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The domain of the envelope sender; null for the null sender or if unknown.</summary>
    public DomainName? Sender { get; init; }

    /// <summary>True if the envelope sender is known, including the null sender.</summary>
    public bool IsSenderKnown { get; init; }

    /// <summary>The author's domain; null if unknown.</summary>
    public DomainName? Author { get; init; }

    /// <summary>The SPF result of the envelope sender; null if unknown.</summary>
    public AuthenticationResult? Spf { get; init; }

    /// <summary>True if the author's domain signed; null if unknown.</summary>
    public bool? IsSigned { get; init; }

    /// <summary>True if Microsoft reported that the sender spoofs a domain of the recipient.</summary>
    public bool IsCalledSpoof { get; init; }

    /// <summary>True if a mailing list or a forwarder handled it.</summary>
    public bool WasForwarded { get; init; }

    /// <summary>True if it was accepted; null if unknown.</summary>
    public bool? WasTaken { get; init; }
}
