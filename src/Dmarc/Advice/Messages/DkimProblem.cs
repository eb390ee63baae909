namespace Dmarc.Advice.Messages;

/// <summary>What is the matter with a signature, as far as it decides what to do about it.</summary>
public enum DkimProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Only the header is there, so the body cannot be checked.</summary>
    NotCheckable,

    /// <summary>The body was changed after signing.</summary>
    BodyChanged,

    /// <summary>A signed header field was changed after signing.</summary>
    HeaderChanged,

    /// <summary>There is no key at the selector.</summary>
    KeyMissing,

    /// <summary>The key is revoked.</summary>
    KeyRevoked,

    /// <summary>The key cannot be used: damaged, too short, not for mail, of another type.</summary>
    KeyUnusable,

    /// <summary>The signature has expired.</summary>
    Expired,

    /// <summary>The look-up of the key failed.</summary>
    LookupFailed,

    /// <summary>The signature cannot be read, or is made in a way that is not accepted.</summary>
    Unreadable,

    /// <summary>Something else, as the reason says.</summary>
    Other,

    /// <summary>The published key is not the one that the signature was made with.</summary>
    WrongKey,
}
