namespace Dmarc.Standards.Dmarc;

/// <summary>What the search for a domain's DMARC record ended with. Each way to fail is kept apart from "no record".</summary>
public enum DmarcRecordStatus
{
    /// <summary>The domain has a record of its own.</summary>
    Found,

    /// <summary>The record of the Organizational Domain, or of the Public Suffix Domain, applies.</summary>
    Inherited,

    /// <summary>DNS answered that there is no record.</summary>
    NotFound,

    /// <summary>DNS answered that there is no record, and that the domain itself does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>There are several records at one name and none elsewhere, so none applies (RFC 9989 §4.10).</summary>
    Multiple,

    /// <summary>There is a record, but receivers make nothing of it: see the findings.</summary>
    Invalid,

    /// <summary>What was given is not a domain name.</summary>
    InvalidDomainName,

    /// <summary>Nothing is known, because of an error in this program: see the error record beside the result.</summary>
    UnexpectedError,

    /// <summary>
    /// A look-up that decides failed, so it is not known whether there is a record: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
