using Dmarc.Dns;

namespace Dmarc.Advice.Sources;

/// <summary>What came of the look-ups about an address.</summary>
public enum SourceStatus
{
    /// <summary>All look-ups were answered, though it may be with nothing.</summary>
    Resolved,

    /// <summary>The address is private or reserved, so that nothing was asked.</summary>
    NotPublic,

    /// <summary>What was given is no address.</summary>
    InvalidAddress,

    /// <summary>A look-up was not answered in time.</summary>
    DnsTimeout,

    /// <summary>A look-up ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>A look-up was refused.</summary>
    DnsRefused,

    /// <summary>The answer to a look-up could not be read.</summary>
    DnsMalformed,

    /// <summary>No DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class SourceStatusExtensions
{
    /// <summary>True where something is not known because a look-up failed.</summary>
    public static bool IsDnsFailure(this SourceStatus status) => status >= SourceStatus.DnsTimeout;

    /// <summary>The status that a failed look-up gives.</summary>
    internal static SourceStatus ToSourceStatus(this DnsStatus failure) => failure switch
    {
        DnsStatus.Timeout => SourceStatus.DnsTimeout,
        DnsStatus.Refused => SourceStatus.DnsRefused,
        DnsStatus.Malformed => SourceStatus.DnsMalformed,
        DnsStatus.NetworkError => SourceStatus.DnsNetworkError,
        _ => SourceStatus.DnsServerFailure,
    };
}
