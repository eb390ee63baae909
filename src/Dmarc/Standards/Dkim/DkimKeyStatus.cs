using Dmarc.Dns;

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

    /// <summary>The look-up was not answered in time.</summary>
    DnsTimeout,

    /// <summary>The look-up ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>The look-up was refused.</summary>
    DnsRefused,

    /// <summary>The answer could not be read, or the selector cannot be part of a name.</summary>
    DnsMalformed,

    /// <summary>No DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class DkimKeyStatusExtensions
{
    /// <summary>True if it is not known whether there is a key, because a look-up failed.</summary>
    public static bool IsDnsFailure(this DkimKeyStatus status) => status >= DkimKeyStatus.DnsTimeout;

    /// <summary>The status that a failed look-up gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The look-up did not fail.</exception>
    internal static DkimKeyStatus ToKeyStatus(this DnsStatus failure) => DkimKeyStatus.DnsTimeout + DnsFailures.IndexOf(failure);

    /// <summary>How the look-up failed that a status tells of.</summary>
    internal static DnsStatus ToDnsStatus(this DkimKeyStatus failure) => DnsFailures.At(failure - DkimKeyStatus.DnsTimeout);
}
