namespace Dmarc.Standards.Dkim;

/// <summary>The cause of a signature's result.</summary>
internal enum DkimCause
{
    /// <summary>Header and body are unchanged since signing.</summary>
    Verified,

    /// <summary>The body was changed after signing.</summary>
    BodyChanged,

    /// <summary>The body is shorter than its signed part.</summary>
    BodyTooShort,

    /// <summary>A signed header field was changed, added or removed after signing.</summary>
    HeaderChanged,

    /// <summary>The signature was made with another key than the published one, or is damaged.</summary>
    WrongKey,

    /// <summary>The signature does not match the header; either a field changed or the key is wrong.</summary>
    SignatureMismatch,

    /// <summary>The selector has no key.</summary>
    KeyMissing,

    /// <summary>The key was revoked.</summary>
    KeyRevoked,

    /// <summary>The record at the selector is not a readable key.</summary>
    KeyInvalid,

    /// <summary>The RSA key has fewer than 1024 bits.</summary>
    KeyTooShort,

    /// <summary>The key is of another type, or for another hash or service, than the signature requires.</summary>
    KeyMismatch,

    /// <summary>The look-up of the key failed.</summary>
    KeyUnavailable,

    /// <summary>The signature uses SHA-1.</summary>
    AlgorithmForbidden,

    /// <summary>The algorithm is unknown.</summary>
    AlgorithmUnknown,

    /// <summary>The signature violates the syntax of the standard.</summary>
    SyntaxError,

    /// <summary>The signature does not cover the From field.</summary>
    FromNotSigned,

    /// <summary>The identity of the signature is not in the signing domain.</summary>
    IdentityOutsideDomain,

    /// <summary>The signature has expired.</summary>
    Expired,

    /// <summary>The signing domain is a public suffix.</summary>
    PublicSuffix,

    /// <summary>The message has more signatures than the maximum.</summary>
    TooManySignatures,

    /// <summary>The message exceeded the maximum size, so its end cannot be hashed.</summary>
    MessageTruncated,
}

/// <summary>A cause with its explanation.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Reason">The explanation in a sentence.</param>
internal sealed record DkimFailure(DkimCause Cause, string Reason)
{
    /// <summary>The result of the signature: only a failed look-up of the key is temporary.</summary>
    public AuthenticationResult Result =>
        Cause == DkimCause.KeyUnavailable ? AuthenticationResult.TempError : AuthenticationResult.PermError;
}
