using static Dmarc.Text.Keyword;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The checked method (the "Email Authentication Methods" of RFC 8601 §6.5, and others in use).</summary>
public enum AuthenticationMethod
{
    /// <summary>An unknown method; its name is kept as text.</summary>
    Unknown,

    /// <summary>The ARC chain (RFC 8617).</summary>
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

    /// <summary>A DNS list of reputable senders (RFC 8904).</summary>
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

/// <summary>Converts the words of a header to the enums.</summary>
internal static class AuthenticationWords
{
    public static WrittenValue<AuthenticationMethod> ReadMethod(string name)
    {
        AuthenticationMethod method = Method(name);
        return new(method, name, method != AuthenticationMethod.Unknown && Is(name.Replace("-", ""), method.ToString()));
    }

    public static WrittenValue<AuthenticationResult> ReadOutcome(string name)
    {
        AuthenticationResult result = Outcome(name);
        return new(result, name, result != AuthenticationResult.Unknown && Is(name, result.ToWord()));
    }

    private static AuthenticationMethod Method(string name) => name.ToUpperInvariant() switch
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

    private static AuthenticationResult Outcome(string name)
    {
        AuthenticationResult result = AuthenticationResultWords.Read(name);
        return result != AuthenticationResult.Unknown ? result : name.ToUpperInvariant() switch
        {
            "HARDFAIL" => AuthenticationResult.Fail,
            "TEMPFAIL" or "TRANSERROR" or "TIMEOUT" => AuthenticationResult.TempError,
            "PERMFAIL" => AuthenticationResult.PermError,
            "BESTGUESSPASS" => AuthenticationResult.BestGuessPass,
            "SOFTPASS" => AuthenticationResult.SoftPass,
            "SKIPPED" => AuthenticationResult.Skipped,
            _ => AuthenticationResult.Unknown,
        };
    }
}
