namespace Dmarc.Standards.Dkim;

/// <summary>Options for verifying signatures.</summary>
internal sealed record DkimVerifierOptions
{
    /// <summary>The default options.</summary>
    public static DkimVerifierOptions Default { get; } = new();

    /// <summary>The maximum number of signatures verified in a message; the rest is only listed. 10.</summary>
    public int MaximumSignatures { get; init; } = DkimLimits.Signatures;

    /// <summary>
    /// False to skip the search for changes after signing (added lines, the changed field) and for a wrong key: a
    /// signature that does not match its header is then a <see cref="DkimCause.SignatureMismatch"/>. Default: true.
    /// </summary>
    public bool ExplainFailures { get; init; } = true;

    /// <summary>How long after its <c>x=</c> a signature still counts, to allow for clock differences. Zero.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.Zero;

    /// <summary>Tests for public suffixes, whose signatures are refused (RFC 6376 §6.1.1); null for none.</summary>
    public Func<DomainName, bool>? IsPublicSuffix { get; init; }
}
