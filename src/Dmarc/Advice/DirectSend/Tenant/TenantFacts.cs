namespace Dmarc.Advice.DirectSend.Tenant;

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

    /// <summary>The connectors that lock the endpoint.</summary>
    public IEnumerable<InboundConnectorFacts> Locks =>
        (Connectors ?? PrintableList<InboundConnectorFacts>.Empty).Where(connector => connector.IsLock);

    /// <summary>The active rules that lock the endpoint for mail to a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="now">The time, in UTC.</param>
    public IEnumerable<TransportRuleFacts> LockingRules(DomainName domain, DateTime now) =>
        (TransportRules ?? PrintableList<TransportRuleFacts>.Empty)
            .Where(rule => rule.IsInForce(now) && rule.IsLockFor(domain) && StopBefore(rule, domain, now) is null);

    /// <summary>An active earlier rule that keeps another one from strangers' mail; null if there is none.</summary>
    /// <param name="later">The later rule.</param>
    /// <param name="domain">The recipient domain.</param>
    /// <param name="now">The time, in UTC.</param>
    public TransportRuleFacts? StopBefore(TransportRuleFacts later, DomainName domain, DateTime now)
    {
        // Without a priority, the order of the cmdlet's output counts.
        DomainName? sender = later.SenderDomains.Count == 0 ? null : domain;
        bool isBefore = true;
        foreach (TransportRuleFacts rule in TransportRules ?? PrintableList<TransportRuleFacts>.Empty)
        {
            isBefore &= !ReferenceEquals(rule, later);
            if ((rule.Priority is { } first && later.Priority is { } second ? first < second : isBefore)
                && rule.IsInForce(now)
                && rule.StopsStrangers(domain, sender))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>True if the tenant forbids sending (<c>SendingFromDomainDisabled</c>); null if unknown.</summary>
    public bool? ForbidsSending(DomainName domain) =>
        AcceptedDomains?.FirstOrDefault(accepted => accepted.Domain == domain)?.SendingDisabled;

    /// <summary>True if the tenant accepts a domain; null if its domains are unknown.</summary>
    public bool? Accepts(DomainName domain) => AcceptedDomains?.Any(accepted => accepted.Accepts(domain));
}
