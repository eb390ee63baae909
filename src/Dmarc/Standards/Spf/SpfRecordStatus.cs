namespace Dmarc.Standards.Spf;

/// <summary>What was found where a domain's SPF record should be.</summary>
public enum SpfRecordStatus
{
    /// <summary>One record without syntax errors.</summary>
    Found,

    /// <summary>DNS answered that there is no SPF record.</summary>
    NotFound,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>More than one record, so receivers give permerror (RFC 7208 §4.5).</summary>
    Multiple,

    /// <summary>One record, which has a syntax error, so receivers give permerror (RFC 7208 §4.6).</summary>
    Invalid,

    /// <summary>What was given is not a domain name.</summary>
    InvalidDomainName,

    /// <summary>Nothing is known, because of an error in this program: see the error record beside the result.</summary>
    UnexpectedError,

    /// <summary>
    /// The look-up failed, so it is not known whether there is a record: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
