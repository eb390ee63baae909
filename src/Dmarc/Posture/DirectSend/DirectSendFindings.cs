using Dmarc.Diagnostics;

namespace Dmarc.Posture.DirectSend;

/// <summary>The kinds of findings about Direct Send.</summary>
public static class DirectSendFindings
{
    /// <summary>The input is no domain name.</summary>
    public static readonly FindingDescriptor InvalidDomainName = new("DirectSendInvalidDomainName", Severity.Error);

    /// <summary>A look-up failed.</summary>
    public static readonly FindingDescriptor LookupFailed = new("DirectSendLookupFailed", Severity.Warning);

    /// <summary>There is an endpoint behind a gateway, which strangers can go past.</summary>
    public static readonly FindingDescriptor BehindGateway = new("DirectSendBehindGateway", Severity.Warning);

    /// <summary>The old, derived endpoint takes mail beside the one of the MX record.</summary>
    public static readonly FindingDescriptor SecondEndpoint = new("DirectSendSecondEndpoint", Severity.Information);

    /// <summary>A DKIM alias tells the endpoint of the tenant.</summary>
    public static readonly FindingDescriptor TenantEndpoint = new("DirectSendTenantEndpoint", Severity.Information);

    /// <summary>A mail exchange at Microsoft has no address.</summary>
    public static readonly FindingDescriptor DanglingEndpoint = new("DirectSendDanglingEndpoint", Severity.Warning);

    /// <summary>No DMARC policy stops a spoof at the endpoint.</summary>
    public static readonly FindingDescriptor PolicyNotEnforced = new("DirectSendPolicyNotEnforced", Severity.Warning);

    /// <summary>Microsoft does not act on a DMARC policy in full where a gateway stands before it.</summary>
    public static readonly FindingDescriptor PolicyBehindGateway = new("DirectSendPolicyBehindGateway", Severity.Information);

    /// <summary>SPF passes mail from everywhere.</summary>
    public static readonly FindingDescriptor SpfPassesAnybody = new("DirectSendSpfPassesAnybody", Severity.Error);

    /// <summary>SPF passes mail of every customer of Microsoft's.</summary>
    public static readonly FindingDescriptor SharedSpf = new("DirectSendSharedSpf", Severity.Information);

    /// <summary>The switch is off.</summary>
    public static readonly FindingDescriptor SwitchOff = new("DirectSendSwitchOff", Severity.Error, "Set-OrganizationConfig");

    /// <summary>What the switch does not stop.</summary>
    public static readonly FindingDescriptor SwitchLimits = new("DirectSendSwitchLimits", Severity.Information, "Set-OrganizationConfig");

    /// <summary>The domain is not an accepted domain, so that the switch does not cover it.</summary>
    public static readonly FindingDescriptor NotAccepted = new("DirectSendNotAccepted", Severity.Warning);

    /// <summary>Subdomains are not accepted domains, so that the switch does not cover them.</summary>
    public static readonly FindingDescriptor SubdomainsNotCovered = new("DirectSendSubdomainsNotCovered", Severity.Information);

    /// <summary>A connector that anybody matches.</summary>
    public static readonly FindingDescriptor ConnectorTooBroad = new("DirectSendConnectorTooBroad", Severity.Error, "New-InboundConnector");

    /// <summary>A connector that knows addresses or a certificate, but refuses nobody else.</summary>
    public static readonly FindingDescriptor ConnectorNotRestricted = new("DirectSendConnectorNotRestricted", Severity.Information, "New-InboundConnector");

    /// <summary>A connector that would lock the endpoint, but is not in force.</summary>
    public static readonly FindingDescriptor LockDisabled = new("DirectSendLockDisabled", Severity.Warning, "New-InboundConnector");

    /// <summary>A connector that locks the endpoint although mail goes straight to it.</summary>
    public static readonly FindingDescriptor LockStopsMail = new("DirectSendLockStopsMail", Severity.Warning, "New-InboundConnector");

    /// <summary>A connector makes mail from outside count as mail from inside.</summary>
    public static readonly FindingDescriptor TreatedAsInternal = new("DirectSendTreatedAsInternal", Severity.Warning, "New-InboundConnector");

    /// <summary>A spoof was seen.</summary>
    public static readonly FindingDescriptor SpoofSeen = new("DirectSendSpoofSeen", Severity.Error);

    /// <summary>A spoof was seen that the switch would not stop.</summary>
    public static readonly FindingDescriptor HeaderSpoofSeen = new("DirectSendHeaderSpoofSeen", Severity.Error);

    /// <summary>There are more senders than are judged.</summary>
    public static readonly FindingDescriptor EvidenceCut = new("DirectSendEvidenceCut", Severity.Warning);

    /// <summary>A legitimate sender was seen.</summary>
    public static readonly FindingDescriptor LegitimateSeen = new("DirectSendLegitimateSeen", Severity.Warning);

    /// <summary>The probe was accepted although the settings say that it would not be.</summary>
    public static readonly FindingDescriptor ProbeContradicts = new("DirectSendProbeContradicts", Severity.Warning);

    /// <summary>The probe came to nothing that settles anything.</summary>
    public static readonly FindingDescriptor ProbeInconclusive = new("DirectSendProbeInconclusive", Severity.Information);
}
