namespace Dmarc.Standards.AuthenticationResults;

/// <summary>What a receiver checked (the "Email Authentication Methods" registry of RFC 8601 §6.5, and methods met in the field).</summary>
public enum AuthenticationMethod
{
    /// <summary>A method that is not known here; its name is kept as text.</summary>
    Unknown,

    /// <summary>The chain of RFC 8617.</summary>
    Arc,

    /// <summary>SMTP AUTH (RFC 4954).</summary>
    Auth,

    /// <summary>Brand indicators (BIMI).</summary>
    Bimi,

    /// <summary>Microsoft's composite authentication (<c>compauth</c>).</summary>
    CompAuth,

    /// <summary>DKIM (RFC 6376).</summary>
    Dkim,

    /// <summary>Author Domain Signing Practices (RFC 5617, historic).</summary>
    DkimAdsp,

    /// <summary>Authorized Third-Party Signatures (RFC 6541).</summary>
    DkimAtps,

    /// <summary>DMARC (RFC 9989 §9.1).</summary>
    Dmarc,

    /// <summary>A DNS list of good senders (RFC 8904).</summary>
    DnsWl,

    /// <summary>DomainKeys (RFC 4870, historic).</summary>
    DomainKeys,

    /// <summary>Forward-confirmed reverse DNS (RFC 8601 §3).</summary>
    IpRev,

    /// <summary>Require-Recipient-Valid-Since (RFC 7293).</summary>
    Rrvs,

    /// <summary>Sender ID (RFC 4406, historic).</summary>
    SenderId,

    /// <summary>S/MIME signatures (RFC 7281).</summary>
    Smime,

    /// <summary>SPF (RFC 7208).</summary>
    Spf,

    /// <summary>Vouch by Reference (RFC 5518).</summary>
    Vbr,
}

/// <summary>What a check ended with (the "Email Authentication Result Names" registry of RFC 8601 §6.6, and results met in the field).</summary>
public enum AuthenticationOutcome
{
    /// <summary>A result that is not known here; its name is kept as text.</summary>
    Unknown,

    /// <summary>There was nothing to check.</summary>
    None,

    /// <summary>The check passed.</summary>
    Pass,

    /// <summary>The check failed (<c>hardfail</c> too).</summary>
    Fail,

    /// <summary>SPF says that the host is probably not allowed.</summary>
    SoftFail,

    /// <summary>No statement either way.</summary>
    Neutral,

    /// <summary>Passed, but not acceptable by the receiver's own rules.</summary>
    Policy,

    /// <summary>An error that may go away, such as a DNS failure.</summary>
    TempError,

    /// <summary>An error that stays, such as a record that cannot be read.</summary>
    PermError,

    /// <summary>Microsoft: there is no DMARC record, but one would have passed.</summary>
    BestGuessPass,

    /// <summary>Microsoft: composite authentication passed on weak evidence.</summary>
    SoftPass,

    /// <summary>The check was not made.</summary>
    Skipped,
}

/// <summary>From the words of a header to the enums.</summary>
internal static class AuthenticationWords
{
    public static AuthenticationMethod ReadMethod(string name) => name.ToUpperInvariant() switch
    {
        "ARC" => AuthenticationMethod.Arc,
        "AUTH" => AuthenticationMethod.Auth,
        "BIMI" => AuthenticationMethod.Bimi,
        "COMPAUTH" => AuthenticationMethod.CompAuth,
        "DKIM" => AuthenticationMethod.Dkim,
        "DKIM-ADSP" => AuthenticationMethod.DkimAdsp,
        "DKIM-ATPS" => AuthenticationMethod.DkimAtps,
        "DMARC" => AuthenticationMethod.Dmarc,
        "DNSWL" => AuthenticationMethod.DnsWl,
        "DOMAINKEYS" => AuthenticationMethod.DomainKeys,
        "IPREV" or "X-IPREV" or "REVERSE" => AuthenticationMethod.IpRev,
        "RRVS" => AuthenticationMethod.Rrvs,
        "SENDER-ID" => AuthenticationMethod.SenderId,
        "SMIME" => AuthenticationMethod.Smime,
        "SPF" => AuthenticationMethod.Spf,
        "VBR" => AuthenticationMethod.Vbr,
        _ => AuthenticationMethod.Unknown,
    };

    public static AuthenticationOutcome ReadOutcome(string name) => name.ToUpperInvariant() switch
    {
        "NONE" => AuthenticationOutcome.None,
        "PASS" => AuthenticationOutcome.Pass,
        "FAIL" or "HARDFAIL" => AuthenticationOutcome.Fail,
        "SOFTFAIL" => AuthenticationOutcome.SoftFail,
        "NEUTRAL" => AuthenticationOutcome.Neutral,
        "POLICY" => AuthenticationOutcome.Policy,
        "TEMPERROR" or "TEMPFAIL" or "TRANSERROR" or "TIMEOUT" => AuthenticationOutcome.TempError,
        "PERMERROR" or "PERMFAIL" => AuthenticationOutcome.PermError,
        "BESTGUESSPASS" => AuthenticationOutcome.BestGuessPass,
        "SOFTPASS" => AuthenticationOutcome.SoftPass,
        "SKIPPED" => AuthenticationOutcome.Skipped,
        _ => AuthenticationOutcome.Unknown,
    };
}
