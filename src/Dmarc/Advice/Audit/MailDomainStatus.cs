using Dmarc.Dns;

namespace Dmarc.Advice.Audit;

/// <summary>How the look at a domain ended. A failure is never an absence: see also the status of each part.</summary>
public enum MailDomainStatus
{
    /// <summary>Everything that was to be looked at was answered.</summary>
    Complete,

    /// <summary>Some look-ups failed, so that part of the picture is missing: see <see cref="MailDomainResult.FailedParts"/>.</summary>
    Incomplete,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>What was given is not a domain name.</summary>
    InvalidDomainName,

    /// <summary>Nothing is known, because of an error in this program: see the error record beside the result.</summary>
    UnexpectedError,

    /// <summary>Nothing is known, because the look-ups were not answered in time.</summary>
    DnsTimeout,

    /// <summary>Nothing is known, because the look-ups ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>Nothing is known, because the look-ups were refused.</summary>
    DnsRefused,

    /// <summary>Nothing is known, because the answers could not be read.</summary>
    DnsMalformed,

    /// <summary>Nothing is known, because no DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class MailDomainStatusExtensions
{
    /// <summary>True if nothing is known of the domain, because the look-ups failed.</summary>
    public static bool IsDnsFailure(this MailDomainStatus status) => status >= MailDomainStatus.DnsTimeout;

    /// <summary>How the look-ups failed that a status tells of.</summary>
    internal static DnsStatus ToDnsStatus(this MailDomainStatus failure) => DnsFailures.At(failure - MailDomainStatus.DnsTimeout);

    /// <summary>The status where all look-ups failed that matter.</summary>
    internal static MailDomainStatus ToMailDomainStatus(this DnsStatus failure) => MailDomainStatus.DnsTimeout + DnsFailures.IndexOf(failure);
}
