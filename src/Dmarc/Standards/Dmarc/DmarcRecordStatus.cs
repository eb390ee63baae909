namespace Dmarc.Standards.Dmarc;

/// <summary>The status of the search for a domain's DMARC record. Failures stay distinct from "no record".</summary>
public enum DmarcRecordStatus
{
    /// <summary>The domain has its own record.</summary>
    Found,

    /// <summary>The record of the Organizational Domain or the Public Suffix Domain applies.</summary>
    Inherited,

    /// <summary>DNS answered that there is no record.</summary>
    NotFound,

    /// <summary>DNS answered that there is no record and that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>There are several records at one name and none elsewhere, so none applies (RFC 9989 §4.10).</summary>
    Multiple,

    /// <summary>There is a record, but receivers ignore it: see the findings.</summary>
    Invalid,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError,

    /// <summary>
    /// A deciding look-up failed, so it is unknown whether there is a record: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
