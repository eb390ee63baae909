using Dmarc.Dns;

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

    /// <summary>A look-up that decides was not answered in time.</summary>
    DnsTimeout,

    /// <summary>A look-up that decides ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>A look-up that decides was refused.</summary>
    DnsRefused,

    /// <summary>The answer to a look-up that decides could not be read.</summary>
    DnsMalformed,

    /// <summary>No DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class DmarcRecordStatusExtensions
{
    /// <summary>True if it is not known whether there is a record, because a look-up failed.</summary>
    public static bool IsDnsFailure(this DmarcRecordStatus status) => status >= DmarcRecordStatus.DnsTimeout;

    /// <summary>The status that a failed look-up gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The look-up did not fail.</exception>
    internal static DmarcRecordStatus ToRecordStatus(this DnsStatus failure) => DmarcRecordStatus.DnsTimeout + DnsFailures.IndexOf(failure);

    /// <summary>How the look-up failed that a status tells of.</summary>
    internal static DnsStatus ToDnsStatus(this DmarcRecordStatus failure) => DnsFailures.At(failure - DmarcRecordStatus.DnsTimeout);
}
