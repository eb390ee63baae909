using System.Net;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>What SPF says of a message, and whether that counts for its author.</summary>
public sealed record SpfAlignmentResult
{
    /// <summary>The domain that was checked (RFC 7208 §2.4: of MAIL FROM, or of HELO where MAIL FROM is empty); null if it is not known.</summary>
    public string? Domain { get; init; }

    /// <summary>The result; null if nothing is known.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The mode that the DMARC record asks for; null if no record applies, or it is not known.</summary>
    public AlignmentMode? Mode { get; init; }

    /// <summary>Whether it passed and its domain is aligned with the author's; null if that is not known.</summary>
    public bool? Aligned { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where the result comes from.</summary>
    public EvidenceSource Source { get; init; }

    /// <summary>The address of the client; null if it is not known.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The HELO name; null if it is not known.</summary>
    public string? Helo { get; init; }

    /// <summary>The envelope sender; empty for the null sender, null if it is not known.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The term of the record that decided; empty if that is not known.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>Result, domain and whether it is aligned, in one line.</summary>
    public override string ToString() => Result is not { } result
        ? Strings.Align_Unknown
        : result + (Domain is null ? "" : " " + Domain) + " " + (Aligned is not { } aligned ? Strings.Align_Unknown : aligned ? Strings.Align_Aligned : Strings.Align_NotAligned);
}
