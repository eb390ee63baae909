namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Whether strangers can pose as a domain's people by handing mail to its Microsoft 365 endpoint. DNS alone never gives
/// <see cref="Mitigated"/> or <see cref="Protected"/>: it cannot see the settings of a tenant.
/// </summary>
public enum DirectSendVerdict
{
    /// <summary>What decides is not known, because a look-up failed.</summary>
    Unknown,

    /// <summary>The domain has no Microsoft 365 endpoint that DNS shows.</summary>
    NotApplicable,

    /// <summary>The endpoint refuses such mail: the switch is on and covers the domain, a connector locks the endpoint, or the probe was refused for that reason.</summary>
    Protected,

    /// <summary>The endpoint takes such mail, but it meets an enforced DMARC policy that Microsoft acts on unless somebody told it otherwise.</summary>
    Mitigated,

    /// <summary>There is an endpoint; what the tenant makes of such mail cannot be seen from outside.</summary>
    PossiblyExposed,

    /// <summary>
    /// An envelope sender of the domain is refused, but the endpoint stands behind a gateway and nothing that is known locks it: with any other
    /// envelope sender a message goes past the gateway, whatever its From header says.
    /// </summary>
    ExposedPastGateway,

    /// <summary>There is an endpoint, and nothing that can be seen would stop such mail; or it was seen to take it.</summary>
    LikelyExposed,
}
