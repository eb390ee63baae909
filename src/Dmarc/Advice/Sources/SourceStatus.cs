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

    /// <summary>Something is not known, because a look-up failed: see <see cref="SourceResult.DnsFailure"/>.</summary>
    DnsFailure,
}
