using Dmarc.Standards;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Messages;

/// <summary>The evidence about one DKIM signature.</summary>
internal sealed record DkimEvidence
{
    /// <summary>The domain as written; empty if there is none.</summary>
    public string DomainText { get; init; } = "";

    public DomainName? Domain { get; init; }

    public string Selector { get; init; } = "";

    /// <summary>The result; null if the signature could not be checked.</summary>
    public AuthenticationResult? Result { get; init; }

    public DkimProblem Problem { get; init; }

    /// <summary>The cause of the result of verification; null if it was not verified.</summary>
    public DkimCause? Failure { get; init; }

    public EvidenceSource Source { get; init; }

    /// <summary>The result in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The signed field that was changed, if known.</summary>
    public string ChangedHeader { get; init; } = "";

    /// <summary>True if the body matches after removing added lines.</summary>
    public bool HasAddedText { get; init; }

    /// <summary>The signature in the message; null if only a receiver's statement is available.</summary>
    public DkimSignature? Signature { get; init; }

    /// <summary>The number of bytes at the end of the body that the signature does not cover.</summary>
    public long UnsignedBodyBytes { get; init; }

    /// <summary>The key; null if unknown.</summary>
    public DkimKeyRecord? Key { get; init; }

    public bool Passes => Result == AuthenticationResult.Pass;

    /// <summary>True if the message was changed after signing.</summary>
    public bool IsBroken => Problem is DkimProblem.BodyChanged or DkimProblem.HeaderChanged;
}
