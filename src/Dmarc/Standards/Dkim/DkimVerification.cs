namespace Dmarc.Standards.Dkim;

/// <summary>The result of verifying one signature.</summary>
internal sealed record DkimVerification
{
    internal DkimVerification(DkimSignature signature, AuthenticationResult result, DkimCause cause, string reason)
    {
        Signature = signature;
        Result = result;
        Cause = cause;
        Reason = reason;
    }

    /// <summary>The result, as in RFC 8601 §2.7.1, which has no soft fail.</summary>
    public AuthenticationResult Result { get; internal init; }

    /// <summary>The cause.</summary>
    public DkimCause Cause { get; internal init; }

    /// <summary>The cause in a sentence.</summary>
    public string Reason { get; internal init; }

    /// <summary>The signing domain.</summary>
    public string Domain => Signature.Domain;

    /// <summary>The selector.</summary>
    public string Selector => Signature.Selector;

    /// <summary>The signature in the message.</summary>
    public DkimSignature Signature { get; internal init; }

    /// <summary>The key; null if none was read.</summary>
    public DkimKeyRecord? Key { get; internal init; }

    /// <summary>True if the domain is testing DKIM (<c>t=y</c>): receivers may ignore the signature.</summary>
    public bool IsTesting => Key is { IsTesting: true };

    /// <summary>The number of canonical body bytes not covered by the signature (<c>l=</c>); 0 if none.</summary>
    public long UnsignedBodyBytes { get; internal init; }

    /// <summary>The field changed after signing, if it could be determined; otherwise empty.</summary>
    public string ChangedHeader { get; internal init; } = "";

    /// <summary>True if the body matches after removing lines added at its end or beginning.</summary>
    public bool HasAddedText { get; internal init; }

    /// <summary>Result, domain, selector and explanation.</summary>
    public override string ToString() => Result + " " + Signature + ": " + Reason;
}
