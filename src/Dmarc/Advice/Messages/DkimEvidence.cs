using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Messages;

/// <summary>What is known about one DKIM signature.</summary>
internal sealed record DkimEvidence
{
    /// <summary>The domain as it is written; empty if none is.</summary>
    public string DomainText { get; init; } = "";

    public DomainName? Domain { get; init; }

    public string Selector { get; init; } = "";

    /// <summary>The result; null if it could not be checked.</summary>
    public AuthenticationResult? Result { get; init; }

    public DkimProblem Problem { get; init; }

    /// <summary>What the verification here ended with; null if there was none.</summary>
    public DkimCause? Failure { get; init; }

    public EvidenceSource Source { get; init; }

    /// <summary>What became of it, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The signed field that was changed, where that is known.</summary>
    public string ChangedHeader { get; init; } = "";

    /// <summary>True if the body matches again without lines that were added.</summary>
    public bool HasAddedText { get; init; }

    /// <summary>The signature in the message; null where only a receiver's word is there.</summary>
    public DkimSignature? Signature { get; init; }

    /// <summary>How many bytes at the end of the body the signature leaves out.</summary>
    public long UnsignedBodyBytes { get; init; }

    /// <summary>The key; null if it is not known.</summary>
    public DkimKeyRecord? Key { get; init; }

    public bool Passes => Result == AuthenticationResult.Pass;

    /// <summary>True if the message was changed after signing.</summary>
    public bool IsBroken => Problem is DkimProblem.BodyChanged or DkimProblem.HeaderChanged;
}
