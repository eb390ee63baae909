using Dmarc.Domains;
using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>How signatures are verified.</summary>
internal sealed record DkimVerifierOptions
{
    /// <summary>The options that apply where none are given.</summary>
    public static DkimVerifierOptions Default { get; } = new();

    /// <summary>How many signatures of a message are verified; the rest is only named. 10.</summary>
    public int MaximumSignatures { get; init; } = DkimLimits.Signatures;

    /// <summary>
    /// False to skip the search for what was changed after signing (added lines, the changed field) and for whether the key is
    /// the right one: a signature that does not match its header is then a <see cref="DkimCause.SignatureMismatch"/>. True.
    /// </summary>
    public bool ExplainFailures { get; init; } = true;

    /// <summary>How long after its <c>x=</c> a signature still counts, for clocks that differ. Zero.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.Zero;

    /// <summary>Tells public suffixes, of which no signature is accepted (RFC 6376 §6.1.1); null to accept them.</summary>
    public Func<DomainName, bool>? IsPublicSuffix { get; init; }

    /// <summary>The limits for messages that are read from a stream.</summary>
    public MailReadOptions ReadOptions { get; init; } = MailReadOptions.Default;
}
