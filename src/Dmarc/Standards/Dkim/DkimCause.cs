namespace Dmarc.Standards.Dkim;

/// <summary>Why the verification of a signature ended as it did.</summary>
internal enum DkimCause
{
    /// <summary>Header and body are as they were signed.</summary>
    Verified,

    /// <summary>The body was changed after signing.</summary>
    BodyChanged,

    /// <summary>The body is shorter than the part of it that was signed.</summary>
    BodyTooShort,

    /// <summary>A signed header field was changed, added or removed after signing.</summary>
    HeaderChanged,

    /// <summary>The signature was made with another key than the published one, or is damaged itself.</summary>
    WrongKey,

    /// <summary>The signature does not match the header; a changed field and a wrong key cannot be told apart.</summary>
    SignatureMismatch,

    /// <summary>There is no key at the selector.</summary>
    KeyMissing,

    /// <summary>The key was revoked.</summary>
    KeyRevoked,

    /// <summary>What is published at the selector is no key that can be read.</summary>
    KeyInvalid,

    /// <summary>The RSA key has fewer than 1024 bits.</summary>
    KeyTooShort,

    /// <summary>The key is of another type, or for another hash or service, than the signature.</summary>
    KeyMismatch,

    /// <summary>DNS did not give the key.</summary>
    KeyUnavailable,

    /// <summary>The signature uses SHA-1.</summary>
    AlgorithmForbidden,

    /// <summary>The algorithm is unknown.</summary>
    AlgorithmUnknown,

    /// <summary>The signature is not written as the standard says.</summary>
    SyntaxError,

    /// <summary>The signature does not cover the From field.</summary>
    FromNotSigned,

    /// <summary>The identity of the signature is not in the signing domain.</summary>
    IdentityOutsideDomain,

    /// <summary>The signature has expired.</summary>
    Expired,

    /// <summary>The signing domain is a public suffix.</summary>
    PublicSuffix,

    /// <summary>The message has more signatures than are verified.</summary>
    TooManySignatures,

    /// <summary>The message was larger than the limit, so its end is not there to be hashed.</summary>
    MessageTruncated,
}

/// <summary>A reason and its explanation for people.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Reason">A sentence that names what it is about.</param>
internal sealed record DkimFailure(DkimCause Cause, string Reason)
{
    /// <summary>What becomes of the signature: only where the key could not be looked up may a later try tell more.</summary>
    public AuthenticationResult Result =>
        Cause == DkimCause.KeyUnavailable ? AuthenticationResult.TempError : AuthenticationResult.PermError;
}
