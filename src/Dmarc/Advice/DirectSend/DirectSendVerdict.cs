namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Whether strangers can impersonate users of a domain by sending mail to its Microsoft 365 endpoint. DNS alone never
/// yields <see cref="Mitigated"/> or <see cref="Protected"/>, because it does not show a tenant's settings.
/// </summary>
public enum DirectSendVerdict
{
    /// <summary>Unknown because a deciding look-up failed.</summary>
    Unknown,

    /// <summary>DNS shows no Microsoft 365 endpoint of the domain.</summary>
    NotApplicable,

    /// <summary>The endpoint refuses such mail, by the switch or a locking connector, or as probed.</summary>
    Protected,

    /// <summary>The endpoint accepts such mail, but Microsoft by default applies an enforced DMARC policy.</summary>
    Mitigated,

    /// <summary>There is an endpoint; the tenant's handling of such mail is not visible from outside.</summary>
    PossiblyExposed,

    /// <summary>
    /// Envelope senders of the domain are refused, but the endpoint is behind a gateway and no known setting locks it:
    /// with another envelope sender, a message with any From header bypasses the gateway.
    /// </summary>
    ExposedPastGateway,

    /// <summary>There is an endpoint, and nothing visible would stop such mail; or it was seen to accept it.</summary>
    LikelyExposed,
}
