using static Dmarc.Text.Keyword;

namespace Dmarc.Standards;

/// <summary>
/// What a check of authentication ended with: the "Email Authentication Result Names" of RFC 8601 §2.7 and §6.6, and a few
/// that are met in the field. A method uses some of them only: SPF has no <see cref="Policy"/> (RFC 7208 §2.6), DKIM no
/// <see cref="SoftFail"/> (RFC 8601 §2.7.1).
/// </summary>
public enum AuthenticationResult
{
    /// <summary>No result, or a word that is not known here; the word is kept as text beside it.</summary>
    Unknown,

    /// <summary>There was nothing to check: the message is not signed, or the domain publishes no record.</summary>
    None,

    /// <summary>The check passed. Only this counts for DMARC.</summary>
    Pass,

    /// <summary>The check failed (<c>hardfail</c> too).</summary>
    Fail,

    /// <summary>SPF: the address probably may not send for the domain.</summary>
    SoftFail,

    /// <summary>No statement either way; of DKIM, a signature that was not looked at or could not be processed.</summary>
    Neutral,

    /// <summary>Passed, but not acceptable by the receiver's own rules.</summary>
    Policy,

    /// <summary>An error that may go away, such as a look-up that failed; a later try may end otherwise.</summary>
    TempError,

    /// <summary>An error that stays until somebody changes something, such as a record that cannot be interpreted.</summary>
    PermError,

    /// <summary>Microsoft: there is no DMARC record, but one would have passed. Not in RFC 8601.</summary>
    BestGuessPass,

    /// <summary>Microsoft: composite authentication passed on weak evidence. Not in RFC 8601.</summary>
    SoftPass,

    /// <summary>The check was not made. Not in RFC 8601.</summary>
    Skipped,
}

/// <summary>How the results are spelled in header fields and reports.</summary>
internal static class AuthenticationResultWords
{
    /// <summary>The word of RFC 8601 §2.7, such as <c>softfail</c>.</summary>
    public static string ToWord(this AuthenticationResult result) => result switch
    {
        AuthenticationResult.None => "none",
        AuthenticationResult.Pass => "pass",
        AuthenticationResult.Fail => "fail",
        AuthenticationResult.SoftFail => "softfail",
        AuthenticationResult.Neutral => "neutral",
        AuthenticationResult.Policy => "policy",
        AuthenticationResult.TempError => "temperror",
        AuthenticationResult.PermError => "permerror",
        AuthenticationResult.BestGuessPass => "bestguesspass",
        AuthenticationResult.SoftPass => "softpass",
        AuthenticationResult.Skipped => "skipped",
        _ => "unknown",
    };

    /// <summary>The result that a word of RFC 8601 §2.7 stands for, in any case of letters; unknown for any other word.</summary>
    internal static AuthenticationResult Read(string word) =>
        Is(word, "pass") ? AuthenticationResult.Pass
        : Is(word, "fail") ? AuthenticationResult.Fail
        : Is(word, "softfail") ? AuthenticationResult.SoftFail
        : Is(word, "none") ? AuthenticationResult.None
        : Is(word, "neutral") ? AuthenticationResult.Neutral
        : Is(word, "policy") ? AuthenticationResult.Policy
        : Is(word, "temperror") ? AuthenticationResult.TempError
        : Is(word, "permerror") ? AuthenticationResult.PermError
        : AuthenticationResult.Unknown;

    /// <summary>The result; null where it is none of RFC 8601, so that it says nothing about an identifier.</summary>
    internal static AuthenticationResult? StandardOrNull(this AuthenticationResult result) =>
        result is > AuthenticationResult.Unknown and <= AuthenticationResult.PermError ? result : null;
}
