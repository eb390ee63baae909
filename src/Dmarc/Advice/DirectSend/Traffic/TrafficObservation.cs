using Dmarc.Domains;
using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// Mail that was seen to come to a tenant without authentication, in the name of one of its domains. Equal ones are counted
/// together.
/// </summary>
internal sealed record TrafficObservation
{
    public required EvidenceKind Kind { get; init; }

    /// <summary>The address that handed it over, in its canonical text; empty if it is not known.</summary>
    public required string SourceIP { get; init; }

    /// <summary>The name with which the host at that address greeted; empty if it is not known.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The domain of the envelope sender; null for the null sender and where it is not known.</summary>
    public DomainName? Sender { get; init; }

    /// <summary>True if the envelope sender is known, be it the null one.</summary>
    public bool IsSenderKnown { get; init; }

    /// <summary>The author's domain; null if it is not known.</summary>
    public DomainName? Author { get; init; }

    /// <summary>What SPF said of the envelope sender; null if that is not known.</summary>
    public AuthenticationResult? Spf { get; init; }

    /// <summary>True if the author's domain had signed; null if that is not known.</summary>
    public bool? IsSigned { get; init; }

    /// <summary>True where Microsoft said that the sender poses as one of the recipient's own domains.</summary>
    public bool IsCalledSpoof { get; init; }

    /// <summary>True if a mailing list or a forwarder handled it.</summary>
    public bool WasForwarded { get; init; }

    /// <summary>True if it was taken in; null if that is not known.</summary>
    public bool? WasTaken { get; init; }
}
