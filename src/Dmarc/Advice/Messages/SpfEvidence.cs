using System.Net;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>The evidence about SPF for a message.</summary>
internal sealed record SpfEvidence
{
    public static SpfEvidence Unknown { get; } = new();

    /// <summary>The result for MAIL FROM; null if unknown.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The domain of that result; null if unknown or invalid.</summary>
    public DomainName? Domain { get; init; }

    public EvidenceSource Source { get; init; }

    /// <summary>The server that reported the result; may be empty.</summary>
    public string Server { get; init; } = "";

    public IPAddress? Address { get; init; }

    public string? Helo { get; init; }

    /// <summary>The envelope sender; empty for the null sender, null if unknown.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The current result of check_host(); null if it was not evaluated.</summary>
    public SpfEvaluation? Evaluation { get; init; }

    /// <summary>
    /// The currently published status, if a reported or given result concerns the record (none, permerror) and
    /// check_host() lacks an address; otherwise null.
    /// </summary>
    public SpfRecordStatus? Published { get; init; }

    /// <summary>The HELO name if only that passes, and another MAIL FROM does not; otherwise null.</summary>
    public DomainName? PassingHelo { get; init; }

    /// <summary>True if the given envelope sender is not one address.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>True for the null sender, for which the HELO name is the identity (RFC 7208 §2.4).</summary>
    public bool IsNullSender => MailFrom is { Length: 0 };

    public bool Passes => Result == AuthenticationResult.Pass;
}
