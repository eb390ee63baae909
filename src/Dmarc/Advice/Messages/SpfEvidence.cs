using System.Net;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>What is known about SPF for a message.</summary>
internal sealed record SpfEvidence
{
    public static SpfEvidence Unknown { get; } = new();

    /// <summary>The result for MAIL FROM; null if nothing is known.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The domain of that result; null if it is not known or is none.</summary>
    public DomainName? Domain { get; init; }

    public EvidenceSource Source { get; init; }

    /// <summary>Who wrote the result down, where somebody did.</summary>
    public string Server { get; init; } = "";

    public IPAddress? Address { get; init; }

    public string? Helo { get; init; }

    /// <summary>The envelope sender; empty for the null sender, null if it is not known.</summary>
    public string? MailFrom { get; init; }

    /// <summary>What check_host() says now; null if it was not asked.</summary>
    public SpfEvaluation? Evaluation { get; init; }

    /// <summary>
    /// What is published now where a result about the record (none, permerror) was written down or given, and check_host() cannot be asked for
    /// want of an address; null otherwise.
    /// </summary>
    public SpfRecordStatus? Published { get; init; }

    /// <summary>The HELO name where it alone passes, with another MAIL FROM that does not; null otherwise.</summary>
    public DomainName? PassingHelo { get; init; }

    /// <summary>True if what was given as the envelope sender is not one address.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>True for the null sender, for which the HELO name is the identity (RFC 7208 §2.4).</summary>
    public bool IsNullSender => MailFrom is { Length: 0 };

    public bool Passes => Result == AuthenticationResult.Pass;
}
