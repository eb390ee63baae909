namespace Dmarc.Standards.Dkim;

/// <summary>What a selector, or the search for selectors, came to. Each way to fail is kept apart from "no key".</summary>
public enum DkimKeyStatus
{
    /// <summary>There is a key, and signatures can pass with it.</summary>
    Valid,

    /// <summary>There is a key record that says that the key is revoked (RFC 6376 §3.6.1).</summary>
    Revoked,

    /// <summary>There is a record, but no signature can pass with it: see the findings.</summary>
    Invalid,

    /// <summary>There is an alias (CNAME) that leads to no key.</summary>
    Dangling,

    /// <summary>DNS answered that there is no key.</summary>
    NotFound,

    /// <summary>DNS answered that the domain itself does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>What was given is not a domain name.</summary>
    InvalidDomainName,

    /// <summary>Nothing is known, because of an error in this program: see the error record beside the result.</summary>
    UnexpectedError,

    /// <summary>
    /// The look-up failed, so it is not known whether there is a key: see <c>DnsFailure</c> beside the status.
    /// </summary>
    DnsFailure,
}
