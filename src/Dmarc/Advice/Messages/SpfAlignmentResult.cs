using System.Net;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>The SPF result of a message, and whether it counts for its author.</summary>
public sealed record SpfAlignmentResult
{
    /// <summary>The checked domain, of MAIL FROM or, if empty, of HELO (RFC 7208 §2.4); null if unknown.</summary>
    public string? Domain { get; init; }

    /// <summary>The result; null if unknown.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The mode in the DMARC record; null if no record applies, or it is unknown.</summary>
    public AlignmentMode? Mode { get; init; }

    /// <summary>True if it passed and its domain is aligned with the author's; null if unknown.</summary>
    public bool? Aligned { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The source of the result.</summary>
    public EvidenceSource Source { get; init; }

    /// <summary>The address of the client; null if unknown.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The HELO name; null if unknown.</summary>
    public string? Helo { get; init; }

    /// <summary>The envelope sender; empty for the null sender, null if unknown.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The deciding term of the record; empty if unknown.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>Result, domain and alignment in one line.</summary>
    public override string ToString() => Result is not { } result
        ? Strings.Align_Unknown
        : result + (Domain is null ? "" : " " + Domain) + " "
            + (Aligned is not { } aligned ? Strings.Align_Unknown : aligned ? Strings.Align_Aligned : Strings.Align_NotAligned);
}
