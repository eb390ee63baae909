namespace Dmarc.Advice.Sources;

/// <summary>The status of the look-ups for an address.</summary>
public enum SourceStatus
{
    /// <summary>All look-ups were answered, possibly without records.</summary>
    Resolved,

    /// <summary>The address is private or reserved, so nothing was queried.</summary>
    NotPublic,

    /// <summary>The input is not a valid IP address.</summary>
    InvalidAddress,

    /// <summary>A fact is unknown because a look-up failed: see <see cref="SourceResult.DnsFailure"/>.</summary>
    DnsFailure,
}
