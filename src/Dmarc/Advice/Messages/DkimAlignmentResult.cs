using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>The result of a DKIM signature, and whether it counts for the author.</summary>
public sealed record DkimAlignmentResult
{
    /// <summary>The signing domain (d=); null if missing.</summary>
    public string? Domain { get; init; }

    /// <summary>The selector (s=); empty if unknown.</summary>
    public string Selector { get; init; } = "";

    /// <summary>The result; null if the signature could not be checked.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>The mode in the DMARC record; null if no record applies, or it is unknown.</summary>
    public AlignmentMode? Mode { get; init; }

    /// <summary>True if it passed and its domain is aligned with the author's; null if unknown.</summary>
    public bool? Aligned { get; init; }

    /// <summary>The result of the signature, and why it does or does not count, in sentences.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The problem of the signature.</summary>
    public DkimProblem Problem { get; init; }

    /// <summary>The source of the result.</summary>
    public EvidenceSource Source { get; init; }

    /// <summary>Result, domain, selector and alignment in one line.</summary>
    public override string ToString() =>
        (Result?.ToString() ?? Strings.Align_Unknown)
        + " " + (Domain ?? "?")
        + (Selector.Length == 0 ? "" : " (" + Selector + ")")
        + " " + (Aligned is not { } aligned ? Strings.Align_Unknown : aligned ? Strings.Align_Aligned : Strings.Align_NotAligned);
}
