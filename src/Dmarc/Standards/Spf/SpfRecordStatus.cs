using Dmarc.Dns;

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

    /// <summary>The look-up was not answered in time.</summary>
    DnsTimeout,

    /// <summary>The look-up ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>The look-up was refused.</summary>
    DnsRefused,

    /// <summary>The answer to the look-up could not be read.</summary>
    DnsMalformed,

    /// <summary>No DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class SpfRecordStatusExtensions
{
    /// <summary>True if it is not known whether there is a record, because the look-up failed.</summary>
    public static bool IsDnsFailure(this SpfRecordStatus status) => status >= SpfRecordStatus.DnsTimeout;

    /// <summary>The status that a failed look-up gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The look-up did not fail.</exception>
    internal static SpfRecordStatus ToSpfRecordStatus(this DnsStatus failure) => SpfRecordStatus.DnsTimeout + DnsFailures.IndexOf(failure);

    /// <summary>How the look-up failed that a status tells of.</summary>
    internal static DnsStatus ToDnsStatus(this SpfRecordStatus failure) => DnsFailures.At(failure - SpfRecordStatus.DnsTimeout);
}
