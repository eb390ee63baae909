namespace Dmarc.Reports.Tls;

/// <summary>The policy that a sender applied (RFC 8460 §4.2).</summary>
public enum TlsPolicyType
{
    /// <summary>No value, or one that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>DANE: TLSA records of the mail servers (RFC 7672).</summary>
    Tlsa,

    /// <summary>MTA-STS (RFC 8461).</summary>
    Sts,

    /// <summary>Neither was found.</summary>
    NoPolicyFound,
}

/// <summary>Why sessions failed (RFC 8460 §4.3).</summary>
public enum TlsResultType
{
    /// <summary>No value, or one that is not registered; see the text beside it.</summary>
    Unknown,

    /// <summary>The server did not offer STARTTLS.</summary>
    StartTlsNotSupported,

    /// <summary>The certificate is for other names.</summary>
    CertificateHostMismatch,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired,

    /// <summary>The certificate does not lead to an authority that the sender trusts.</summary>
    CertificateNotTrusted,

    /// <summary>Another failure of the validation.</summary>
    ValidationFailure,

    /// <summary>No TLSA record matches, or they cannot be used.</summary>
    TlsaInvalid,

    /// <summary>The answers of DNS did not validate (DNSSEC).</summary>
    DnssecInvalid,

    /// <summary>The sender requires DANE, and there were no usable TLSA records.</summary>
    DaneRequired,

    /// <summary>The policy of MTA-STS could not be fetched.</summary>
    StsPolicyFetchError,

    /// <summary>The policy of MTA-STS could not be read.</summary>
    StsPolicyInvalid,

    /// <summary>The certificate of the server that serves the policy of MTA-STS did not validate.</summary>
    StsWebPkiInvalid,
}
