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

    /// <summary>A look-up that decides failed: see <see cref="DirectSendResult.DnsFailure"/>.</summary>
    DnsFailure,
}
