namespace Dmarc.Advice.DirectSend;

/// <summary>Whether a domain could be assessed. Failures stay distinct.</summary>
public enum DirectSendStatus
{
    /// <summary>The deciding look-ups were answered.</summary>
    Assessed,

    /// <summary>DNS answered that the domain does not exist (NXDOMAIN).</summary>
    DomainNotFound,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError,

    /// <summary>A deciding look-up failed: see <see cref="DirectSendResult.DnsFailure"/>.</summary>
    DnsFailure,
}
