using Dmarc.Mail;
using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Standards.Arc;

/// <summary>How the validation of a chain ended (RFC 8617 §5.2).</summary>
internal enum ArcResult
{
    /// <summary>The message has no chain.</summary>
    None,

    /// <summary>The chain is whole, and the message is as its last seal found it.</summary>
    Pass,

    /// <summary>The chain is broken.</summary>
    Fail,
}

/// <summary>One link of a chain: what one intermediary found, and its two signatures.</summary>
internal sealed record ArcSet
{
    internal ArcSet(int instance, DkimSignature messageSignature, DkimSignature seal)
    {
        Instance = instance;
        MessageSignature = messageSignature;
        Seal = seal;
    }

    /// <summary>The place in the chain; 1 is the first intermediary.</summary>
    public int Instance { get; internal init; }

    /// <summary>The ARC-Message-Signature.</summary>
    public DkimSignature MessageSignature { get; internal init; }

    /// <summary>The ARC-Seal.</summary>
    public DkimSignature Seal { get; internal init; }

    /// <summary>How the intermediary found the chain so far (<c>cv=</c>), as it is written.</summary>
    public string ChainValidation => Seal.Tags["cv"]?.Value ?? "";

    /// <summary>The domain that sealed.</summary>
    public string Domain => Seal.Domain;

    /// <summary>What became of the message signature; null if it was not looked at because the chain was broken before.</summary>
    public DkimVerification? MessageSignatureResult { get; internal init; }

    /// <summary>What became of the seal; null if it was not looked at because the chain was broken before.</summary>
    public DkimVerification? SealResult { get; internal init; }

    /// <summary>The ARC-Authentication-Results field.</summary>
    internal MailHeader? ResultsField { get; init; }

    /// <summary>Instance and domain.</summary>
    public override string ToString() => "i=" + Instance + " " + Domain;
}

/// <summary>What became of the chain of a message.</summary>
internal sealed record ArcVerification
{
    internal ArcVerification(ArcResult result, string reason)
    {
        Result = result;
        Reason = reason;
    }

    /// <summary>The result.</summary>
    public ArcResult Result { get; internal init; }

    /// <summary>Why it is so, in a sentence: where a chain is broken, the first break.</summary>
    public string Reason { get; internal init; }

    /// <summary>The links in the order of their instances; empty if the chain has no right structure.</summary>
    public PrintableList<ArcSet> Sets { get; internal init; } = PrintableList<ArcSet>.Empty;

    /// <summary>Result and explanation.</summary>
    public override string ToString() => Result + ": " + Reason;
}
