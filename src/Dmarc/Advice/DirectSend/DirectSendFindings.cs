using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

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

    /// <summary>A mail flow rule spares whoever writes the domain into the From header the spam filter.</summary>
    public static readonly FindingDescriptor RuleLetsSpoofsPass = new("DirectSendRuleLetsSpoofsPass", Severity.Error, "New-TransportRule");

    /// <summary>A mail flow rule would lock the endpoint, but is not in force.</summary>
    public static readonly FindingDescriptor RuleNotInForce = new("DirectSendRuleNotInForce", Severity.Warning, "New-TransportRule");

    /// <summary>A mail flow rule refuses mail from outside although mail goes straight to the endpoint, or leaves nobody alone.</summary>
    public static readonly FindingDescriptor RuleStopsMail = new("DirectSendRuleStopsMail", Severity.Warning, "New-TransportRule");

    /// <summary>A mail flow rule looks like a lock and has holes.</summary>
    public static readonly FindingDescriptor RuleHasHoles = new("DirectSendRuleHasHoles", Severity.Information, "New-TransportRule");

    /// <summary>Microsoft 365 has no DKIM settings for the domain.</summary>
    public static readonly FindingDescriptor DkimNotSetUp = new("DirectSendDkimNotSetUp", Severity.Warning, "New-DkimSigningConfig");

    /// <summary>DKIM is off for the domain.</summary>
    public static readonly FindingDescriptor DkimOff = new("DirectSendDkimOff", Severity.Warning, "Set-DkimSigningConfig");

    /// <summary>The CNAME record of a selector is missing.</summary>
    public static readonly FindingDescriptor DkimAliasMissing = new("DirectSendDkimAliasMissing", Severity.Error, "Get-DkimSigningConfig");

    /// <summary>The CNAME record of a selector leads elsewhere.</summary>
    public static readonly FindingDescriptor DkimOtherAlias = new("DirectSendDkimOtherAlias", Severity.Error, "Get-DkimSigningConfig");

    /// <summary>A selector has a key of its own in place of a CNAME record.</summary>
    public static readonly FindingDescriptor DkimNoAlias = new("DirectSendDkimNoAlias", Severity.Warning, "Get-DkimSigningConfig");

    /// <summary>DNS is as it should be, and the tenant does not know yet.</summary>
    public static readonly FindingDescriptor DkimStatusStale = new("DirectSendDkimStatusStale", Severity.Information, "Get-DkimSigningConfig");

    /// <summary>The tenant lets nobody send from the domain.</summary>
    public static readonly FindingDescriptor SendingDisabled = new("DirectSendSendingDisabled", Severity.Information, "Set-AcceptedDomain");

    /// <summary>A spoof was seen.</summary>
    public static readonly FindingDescriptor SpoofSeen = new("DirectSendSpoofSeen", Severity.Error);

    /// <summary>A spoof was seen that the switch would not stop.</summary>
    public static readonly FindingDescriptor HeaderSpoofSeen = new("DirectSendHeaderSpoofSeen", Severity.Error);

    /// <summary>There are more senders than are judged.</summary>
    public static readonly FindingDescriptor EvidenceCut = new("DirectSendEvidenceCut", Severity.Warning);

    /// <summary>A legitimate sender was seen.</summary>
    public static readonly FindingDescriptor LegitimateSeen = new("DirectSendLegitimateSeen", Severity.Warning);

    /// <summary>Mail of the domain's own came through its gateway, which no connector is known for.</summary>
    public static readonly FindingDescriptor GatewaySeen = new("DirectSendGatewaySeen", Severity.Warning);

    /// <summary>The probe was accepted although the settings say that it would not be.</summary>
    public static readonly FindingDescriptor ProbeContradicts = new("DirectSendProbeContradicts", Severity.Warning);

    /// <summary>The probe came to nothing that settles anything.</summary>
    public static readonly FindingDescriptor ProbeInconclusive = new("DirectSendProbeInconclusive", Severity.Information);
}
