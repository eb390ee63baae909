namespace Dmarc.Advice.Messages;

/// <summary>The problem of a signature, as far as the remedy depends on it.</summary>
public enum DkimProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Only the header is available, so the body cannot be checked.</summary>
    NotCheckable,

    /// <summary>The body was changed after signing.</summary>
    BodyChanged,

    /// <summary>A signed header field was changed after signing.</summary>
    HeaderChanged,

    /// <summary>The selector has no key.</summary>
    KeyMissing,

    /// <summary>The key is revoked.</summary>
    KeyRevoked,

    /// <summary>The key is unusable: damaged, too short, not for mail, or of another type.</summary>
    KeyUnusable,

    /// <summary>The signature has expired.</summary>
    Expired,

    /// <summary>The look-up of the key failed.</summary>
    LookupFailed,

    /// <summary>The signature is invalid, or made with an unacceptable method.</summary>
    Unreadable,

    /// <summary>Another problem, given in the reason.</summary>
    Other,

    /// <summary>The published key does not belong to the signature.</summary>
    WrongKey,
}
