namespace Dmarc.Standards.Dkim;

/// <summary>The status of a selector or of a selector search. Failures stay distinct from "no key".</summary>
public enum DkimKeyStatus
{
    /// <summary>There is a key with which signatures can pass.</summary>
    Valid,

    /// <summary>The key record revokes the key (RFC 6376 §3.6.1).</summary>
    Revoked,

    /// <summary>There is a record, but no signature can pass with it: see the findings.</summary>
    Invalid,

    /// <summary>There is an alias (CNAME) that leads to no key.</summary>
    Dangling,

    /// <summary>DNS answered that there is no key.</summary>
    NotFound,

    /// <summary>DNS answered that the domain itself does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError,

    /// <summary>
    /// The look-up failed, so it is unknown whether there is a key: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
