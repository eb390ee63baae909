namespace Dmarc.Standards.Spf;

/// <summary>The status of a domain's SPF record.</summary>
public enum SpfRecordStatus
{
    /// <summary>One record without a syntax error.</summary>
    Found,

    /// <summary>DNS answered that there is no SPF record.</summary>
    NotFound,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>More than one record, so the result is permerror (RFC 7208 §4.5).</summary>
    Multiple,

    /// <summary>One record with a syntax error, so the result is permerror (RFC 7208 §4.6).</summary>
    Invalid,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError,

    /// <summary>
    /// The look-up failed, so it is unknown whether there is a record: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
