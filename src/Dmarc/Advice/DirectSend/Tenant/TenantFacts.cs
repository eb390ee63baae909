namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of <c>Get-OrganizationConfig</c>.</summary>
/// <param name="RejectDirectSend">True refuses anonymous mail from an accepted domain without a connector; null if
/// unknown.</param>
internal sealed record OrganizationFacts(bool? RejectDirectSend);

/// <summary>The known settings of a Microsoft 365 tenant.</summary>
internal sealed record TenantFacts
{
    /// <summary>No known settings.</summary>
    public static TenantFacts None { get; } = new();

    /// <summary>The organisation; null if unknown.</summary>
    public OrganizationFacts? Organization { get; init; }

    /// <summary>The inbound connectors; empty if there are none, null if unknown.</summary>
    public PrintableList<InboundConnectorFacts>? Connectors { get; init; }

    /// <summary>The accepted domains; null if unknown.</summary>
    public PrintableList<AcceptedDomainFacts>? AcceptedDomains { get; init; }

    /// <summary>The mail flow rules; empty if there are none, null if unknown.</summary>
    public PrintableList<TransportRuleFacts>? TransportRules { get; init; }

    /// <summary>The domains with DKIM signing; empty if there are none, null if unknown.</summary>
    public PrintableList<DkimSigningFacts>? DkimSigning { get; init; }

    /// <summary>The switch; null if unknown.</summary>
    public bool? RejectDirectSend => Organization?.RejectDirectSend;

    /// <summary>A disabled connector that would lock the endpoint; null if there is none.</summary>
    public InboundConnectorFacts? DisabledLock =>
        Connectors?.FirstOrDefault(connector => !connector.Enabled && (connector with { Enabled = true }).IsLock);

    /// <summary>True if the tenant accepts a domain; null if its domains are unknown.</summary>
    public bool? Accepts(DomainName domain) => AcceptedDomains?.Any(accepted => accepted.Accepts(domain));
}
