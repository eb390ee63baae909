namespace Dmarc.Standards.Dkim;

/// <summary>What became of one signature.</summary>
internal sealed record DkimVerification
{
    internal DkimVerification(DkimSignature signature, AuthenticationResult result, DkimCause cause, string reason)
    {
        Signature = signature;
        Result = result;
        Cause = cause;
        Reason = reason;
    }

    /// <summary>The result: one of RFC 8601 §2.7.1, which has no soft fail.</summary>
    public AuthenticationResult Result { get; internal init; }

    /// <summary>Why it is so.</summary>
    public DkimCause Cause { get; internal init; }

    /// <summary>Why it is so, in a sentence.</summary>
    public string Reason { get; internal init; }

    /// <summary>The signing domain.</summary>
    public string Domain => Signature.Domain;

    /// <summary>The selector.</summary>
    public string Selector => Signature.Selector;

    /// <summary>The signature as it is written in the message.</summary>
    public DkimSignature Signature { get; internal init; }

    /// <summary>The key; null if none was read.</summary>
    public DkimKeyRecord? Key { get; internal init; }

    /// <summary>True if the key says that the domain is testing DKIM (<c>t=y</c>): receivers may take the signature as none.</summary>
    public bool IsTesting => Key is { IsTesting: true };

    /// <summary>How many bytes of the body, in its canonical form, the signature leaves open to change (<c>l=</c>); 0 if it covers all.</summary>
    public long UnsignedBodyBytes { get; internal init; }

    /// <summary>The field that was changed after signing, where that could be found out; empty otherwise.</summary>
    public string ChangedHeader { get; internal init; } = "";

    /// <summary>True if the body matches again when lines that were added at its end or beginning are taken away.</summary>
    public bool HasAddedText { get; internal init; }

    /// <summary>Result, domain, selector and explanation.</summary>
    public override string ToString() => Result + " " + Signature + ": " + Reason;
}
