namespace Dmarc.Standards.Dkim;

/// <summary>The result of verifying one signature.</summary>
/// <param name="Signature">The signature in the message.</param>
/// <param name="Result">The result, as in RFC 8601 §2.7.1, which has no soft fail.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Reason">The cause in a sentence.</param>
internal sealed record DkimVerification(
    DkimSignature Signature, AuthenticationResult Result, DkimCause Cause, string Reason)
{
    /// <summary>The signing domain.</summary>
    public string Domain => Signature.Domain;

    /// <summary>The selector.</summary>
    public string Selector => Signature.Selector;

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
