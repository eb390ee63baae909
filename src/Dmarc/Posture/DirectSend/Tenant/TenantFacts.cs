using Dmarc.Domains;

namespace Dmarc.Posture.DirectSend.Tenant;

/// <summary>What is known of the settings of a Microsoft 365 tenant.</summary>
public sealed record TenantFacts
{
    /// <summary>Nothing is known.</summary>
    public static TenantFacts None { get; } = new();

    /// <summary>The organisation; null where it is not known.</summary>
    public OrganizationFacts? Organization { get; init; }

    /// <summary>The inbound connectors; empty where there are none, null where they are not known.</summary>
    public PrintableList<InboundConnectorFacts>? Connectors { get; init; }

    /// <summary>The accepted domains; null where they are not known.</summary>
    public PrintableList<AcceptedDomainFacts>? AcceptedDomains { get; init; }

    /// <summary>The switch; null where it is not known.</summary>
    public bool? RejectDirectSend => Organization?.RejectDirectSend;

    /// <summary>The connectors that lock the endpoint.</summary>
    public IEnumerable<InboundConnectorFacts> Locks => (Connectors ?? PrintableList<InboundConnectorFacts>.Empty).Where(connector => connector.IsLock);

    /// <summary>True where the tenant accepts a domain; null where its domains are not known.</summary>
    /// <param name="domain">The domain.</param>
    public bool? Accepts(DomainName domain) => AcceptedDomains?.Any(accepted => accepted.Accepts(domain));
}
