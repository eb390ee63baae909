using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>What became of a DKIM signature, and whether that counts for the author.</summary>
public sealed record DkimAlignmentResult
{
    /// <summary>The domain that signed (d=); null if it is not written.</summary>
    public string? Domain { get; init; }

    /// <summary>The selector (s=); empty if it is not known.</summary>
    public string Selector { get; init; } = "";

    /// <summary>The result; null if the signature could not be checked.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The mode that the DMARC record asks for; null if no record applies, or it is not known.</summary>
    public AlignmentMode? Mode { get; init; }

    /// <summary>Whether it passed and its domain is aligned with the author's; null if that is not known.</summary>
    public bool? Aligned { get; init; }

    /// <summary>What became of the signature, and why it counts or does not, in sentences.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is the matter with the signature.</summary>
    public DkimProblem Problem { get; init; }

    /// <summary>Where the result comes from.</summary>
    public EvidenceSource Source { get; init; }

    /// <summary>Result, domain, selector and whether it is aligned, in one line.</summary>
    public override string ToString() =>
        (Result?.ToString() ?? Strings.Align_Unknown)
        + " " + (Domain ?? "?")
        + (Selector.Length == 0 ? "" : " (" + Selector + ")")
        + " " + (Aligned is not { } aligned ? Strings.Align_Unknown : aligned ? Strings.Align_Aligned : Strings.Align_NotAligned);
}
