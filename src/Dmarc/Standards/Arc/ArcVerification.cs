using Dmarc.Mail;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Arc;

/// <summary>The result of validating a chain (RFC 8617 §5.2).</summary>
internal enum ArcResult
{
    /// <summary>The message has no chain.</summary>
    None,

    /// <summary>The chain is intact, and the message is unchanged since its last seal.</summary>
    Pass,

    /// <summary>The chain is broken.</summary>
    Fail,
}

/// <summary>One ARC set: the results of one intermediary, and its two signatures.</summary>
internal sealed record ArcSet
{
    internal ArcSet(int instance, DkimSignature messageSignature, DkimSignature seal)
    {
        Instance = instance;
        MessageSignature = messageSignature;
        Seal = seal;
    }

    /// <summary>The instance number; 1 is the first intermediary.</summary>
    public int Instance { get; internal init; }

    /// <summary>The ARC-Message-Signature.</summary>
    public DkimSignature MessageSignature { get; internal init; }

    /// <summary>The ARC-Seal.</summary>
    public DkimSignature Seal { get; internal init; }

    /// <summary>The state of the chain according to the intermediary (<c>cv=</c>), as written.</summary>
    public string ChainValidation => Seal.Tags["cv"]?.Value ?? "";

    /// <summary>The sealing domain.</summary>
    public string Domain => Seal.Domain;

    /// <summary>The result of the message signature; null if not verified, because the chain was broken.</summary>
    public DkimVerification? MessageSignatureResult { get; internal init; }

    /// <summary>The result of the seal; null if not verified, because the chain was broken.</summary>
    public DkimVerification? SealResult { get; internal init; }

    /// <summary>The ARC-Authentication-Results field.</summary>
    internal MailHeader? ResultsField { get; init; }

    /// <summary>Instance and domain.</summary>
    public override string ToString() => "i=" + Instance + " " + Domain;
}

/// <summary>The result of validating a message's chain.</summary>
internal sealed record ArcVerification
{
    internal ArcVerification(ArcResult result, string reason)
    {
        Result = result;
        Reason = reason;
    }

    /// <summary>The result.</summary>
    public ArcResult Result { get; internal init; }

    /// <summary>The reason in a sentence: for a broken chain, the first break.</summary>
    public string Reason { get; internal init; }

    /// <summary>The sets in order of instance; empty if the structure of the chain is invalid.</summary>
    public PrintableList<ArcSet> Sets { get; internal init; } = PrintableList<ArcSet>.Empty;

    /// <summary>Result and explanation.</summary>
    public override string ToString() => Result + ": " + Reason;
}
