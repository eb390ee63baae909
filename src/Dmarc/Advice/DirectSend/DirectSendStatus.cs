using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend;

/// <summary>Whether a domain could be judged. Each way to fail is kept apart.</summary>
public enum DirectSendStatus
{
    /// <summary>The look-ups that decide were answered.</summary>
    Assessed,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

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
internal static class DirectSendStatusExtensions
{
    /// <summary>True if a look-up that decides failed.</summary>
    public static bool IsDnsFailure(this DirectSendStatus status) => status >= DirectSendStatus.DnsTimeout;

    internal static DirectSendStatus ToDirectSendStatus(this DnsStatus failure) => failure switch
    {
        DnsStatus.Timeout => DirectSendStatus.DnsTimeout,
        DnsStatus.Refused => DirectSendStatus.DnsRefused,
        DnsStatus.Malformed => DirectSendStatus.DnsMalformed,
        DnsStatus.NetworkError => DirectSendStatus.DnsNetworkError,
        _ => DirectSendStatus.DnsServerFailure,
    };

    internal static DnsStatus ToDnsStatus(this DirectSendStatus failure) => failure switch
    {
        DirectSendStatus.DnsTimeout => DnsStatus.Timeout,
        DirectSendStatus.DnsRefused => DnsStatus.Refused,
        DirectSendStatus.DnsMalformed => DnsStatus.Malformed,
        DirectSendStatus.DnsNetworkError => DnsStatus.NetworkError,
        _ => DnsStatus.ServFail,
    };
}
