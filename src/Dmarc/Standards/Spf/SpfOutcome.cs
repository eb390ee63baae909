namespace Dmarc.Standards.Spf;

/// <summary>The results of <c>check_host()</c> (RFC 7208 §2.6).</summary>
public enum SpfOutcome
{
    /// <summary>No domain name could be taken from the message, or the domain publishes no record (§2.6.1).</summary>
    None,

    /// <summary>The record says that it does not say whether the address may send (§2.6.2).</summary>
    Neutral,

    /// <summary>The address may send for the domain (§2.6.3).</summary>
    Pass,

    /// <summary>The address may not send for the domain (§2.6.4).</summary>
    Fail,

    /// <summary>The address probably may not send for the domain (§2.6.5).</summary>
    SoftFail,

    /// <summary>A passing error, such as a look-up that failed; a later try may end otherwise (§2.6.6).</summary>
    TempError,

    /// <summary>The records cannot be interpreted; somebody has to change them (§2.6.7).</summary>
    PermError,
}

/// <summary>How the results are spelled in header fields and reports.</summary>
public static class SpfOutcomeExtensions
{
    /// <summary>The word of RFC 8601 §2.7.2, such as <c>softfail</c>.</summary>
    public static string ToWord(this SpfOutcome outcome) => outcome switch
    {
        SpfOutcome.None => "none",
        SpfOutcome.Neutral => "neutral",
        SpfOutcome.Pass => "pass",
        SpfOutcome.Fail => "fail",
        SpfOutcome.SoftFail => "softfail",
        SpfOutcome.TempError => "temperror",
        _ => "permerror",
    };
}
