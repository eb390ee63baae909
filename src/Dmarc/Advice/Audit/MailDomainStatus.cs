namespace Dmarc.Advice.Audit;

/// <summary>The status of a domain's audit. A failure is never an absence: see also the status of each part.</summary>
public enum MailDomainStatus
{
    /// <summary>All look-ups were answered.</summary>
    Complete,

    /// <summary>Some look-ups failed, so parts are unknown: see <see cref="MailDomainResult.FailedParts"/>.</summary>
    Incomplete,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError,

    /// <summary>Unknown because the look-ups failed: see <see cref="MailDomainResult.DnsFailure"/>.</summary>
    DnsFailure,
}

/// <summary>Groups of statuses.</summary>
internal static class MailDomainStatuses
{
    /// <summary>True if data is unknown because of failed look-ups or an error in this program.</summary>
    public static bool IsFailed(this MailDomainStatus status) =>
        status is MailDomainStatus.DnsFailure or MailDomainStatus.Incomplete or MailDomainStatus.UnexpectedError;
}
