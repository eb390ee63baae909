namespace Dmarc.Standards;

/// <summary>
/// The result of an authentication check: the "Email Authentication Result Names" of RFC 8601 §2.7 and §6.6, and some
/// others in use. A method uses only some of them: SPF has no <see cref="Policy"/> (RFC 7208 §2.6), DKIM no
/// <see cref="SoftFail"/> (RFC 8601 §2.7.1).
/// </summary>
public enum AuthenticationResult
{
    /// <summary>No result, or an unknown word, which is kept as text beside it.</summary>
    Unknown,

    /// <summary>There was nothing to check: the message is not signed, or the domain publishes no record.</summary>
    None,

    /// <summary>The check passed. Only this counts for DMARC.</summary>
    Pass,

    /// <summary>The check failed (<c>hardfail</c> too).</summary>
    Fail,

    /// <summary>SPF: the address is probably not authorized to send for the domain.</summary>
    SoftFail,

    /// <summary>No statement either way; for DKIM, a signature that was not or could not be processed.</summary>
    Neutral,

    /// <summary>Passed, but not acceptable under the receiver's own rules.</summary>
    Policy,

    /// <summary>A temporary error, such as a failed look-up; a retry may succeed.</summary>
    TempError,

    /// <summary>A permanent error until somebody makes a change, such as a record that cannot be interpreted.</summary>
    PermError,

    /// <summary>Microsoft: there is no DMARC record, but one would have passed. Not in RFC 8601.</summary>
    BestGuessPass,

    /// <summary>Microsoft: composite authentication passed on weak evidence. Not in RFC 8601.</summary>
    SoftPass,

    /// <summary>The check was skipped. Not in RFC 8601.</summary>
    Skipped,
}

/// <summary>The words for the results in header fields and reports.</summary>
internal static class AuthenticationResultWords
{
    private static readonly string[] Words = [.. Enum.GetNames(typeof(AuthenticationResult)).Select(NameText.ToLower)];

    /// <summary>The word of RFC 8601 §2.7, such as <c>softfail</c>: the name of the member in lower case.</summary>
    public static string ToWord(this AuthenticationResult result) => Words[(int)result];

    /// <summary>The result for a word of RFC 8601 §2.7, in any letter case; unknown for any other word.</summary>
    internal static AuthenticationResult Read(string word)
    {
        for (int index = (int)AuthenticationResult.None; index <= (int)AuthenticationResult.PermError; index++)
        {
            if (Keyword.Is(word, Words[index]))
            {
                return (AuthenticationResult)index;
            }
        }

        return AuthenticationResult.Unknown;
    }

    /// <summary>The result; null if RFC 8601 does not define it, so it says nothing about an identifier.</summary>
    internal static AuthenticationResult? StandardOrNull(this AuthenticationResult result) =>
        result is > AuthenticationResult.Unknown and <= AuthenticationResult.PermError ? result : null;
}
