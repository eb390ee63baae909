namespace Dmarc.Reports.Tls;

/// <summary>The policy that a sender applied (RFC 8460 §4.2).</summary>
public enum TlsPolicyType
{
    /// <summary>Missing or not in the standard; see the accompanying text.</summary>
    Unknown,

    /// <summary>DANE: TLSA records of the mail servers (RFC 7672).</summary>
    Tlsa,

    /// <summary>MTA-STS (RFC 8461).</summary>
    Sts,

    /// <summary>No policy was found.</summary>
    NoPolicyFound,
}

/// <summary>Why sessions failed (RFC 8460 §4.3).</summary>
public enum TlsResultType
{
    /// <summary>Missing or not registered; see the accompanying text.</summary>
    Unknown,

    /// <summary>The server did not offer STARTTLS.</summary>
    StartTlsNotSupported,

    /// <summary>The certificate is for other names.</summary>
    CertificateHostMismatch,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired,

    /// <summary>The certificate's chain does not lead to an authority trusted by the sender.</summary>
    CertificateNotTrusted,

    /// <summary>Another validation failure.</summary>
    ValidationFailure,

    /// <summary>No TLSA record matches, or none is usable.</summary>
    TlsaInvalid,

    /// <summary>DNSSEC validation failed.</summary>
    DnssecInvalid,

    /// <summary>The sender requires DANE, but there were no usable TLSA records.</summary>
    DaneRequired,

    /// <summary>The MTA-STS policy could not be fetched.</summary>
    StsPolicyFetchError,

    /// <summary>The MTA-STS policy could not be parsed.</summary>
    StsPolicyInvalid,

    /// <summary>The certificate of the MTA-STS policy host did not validate.</summary>
    StsWebPkiInvalid,
}
