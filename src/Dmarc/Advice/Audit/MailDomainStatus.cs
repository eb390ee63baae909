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

    /// <summary>Nothing is known, because the look-ups failed: see <see cref="MailDomainResult.DnsFailure"/>.</summary>
    DnsFailure,
}

/// <summary>Statuses that say the same.</summary>
internal static class MailDomainStatuses
{
    /// <summary>True if some or all is not known, because look-ups failed or an error of this program took it.</summary>
    public static bool IsFailed(this MailDomainStatus status) =>
        status is MailDomainStatus.DnsFailure or MailDomainStatus.Incomplete or MailDomainStatus.UnexpectedError;
}
