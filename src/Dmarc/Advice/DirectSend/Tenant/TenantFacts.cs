using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>What is known of the settings of a Microsoft 365 tenant.</summary>
internal sealed record TenantFacts
{
    /// <summary>Nothing is known.</summary>
    public static TenantFacts None { get; } = new();

    /// <summary>The organisation; null if it is not known.</summary>
    public OrganizationFacts? Organization { get; init; }

    /// <summary>The inbound connectors; empty if there are none, null if they are not known.</summary>
    public PrintableList<InboundConnectorFacts>? Connectors { get; init; }

    /// <summary>The accepted domains; null if they are not known.</summary>
    public PrintableList<AcceptedDomainFacts>? AcceptedDomains { get; init; }

    /// <summary>The mail flow rules; empty if there are none, null if they are not known.</summary>
    public PrintableList<TransportRuleFacts>? TransportRules { get; init; }

    /// <summary>For which domains mail is signed with DKIM; empty where for none, null if it is not known.</summary>
    public PrintableList<DkimSigningFacts>? DkimSigning { get; init; }

    /// <summary>The switch; null if it is not known.</summary>
    public bool? RejectDirectSend => Organization?.RejectDirectSend;

    /// <summary>The connectors that lock the endpoint.</summary>
    public IEnumerable<InboundConnectorFacts> Locks => (Connectors ?? PrintableList<InboundConnectorFacts>.Empty).Where(connector => connector.IsLock);

    /// <summary>The rules that are in force and lock the endpoint for mail to a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="now">The time, in UTC.</param>
    public IEnumerable<TransportRuleFacts> LockingRules(DomainName domain, DateTime now) =>
        (TransportRules ?? PrintableList<TransportRuleFacts>.Empty)
            .Where(rule => rule.IsInForce(now) && rule.IsLockFor(domain) && StopBefore(rule, domain, now) is null);

    /// <summary>A rule in force that is processed before another one and keeps it from mail of strangers; null if there is none.</summary>
    /// <param name="later">The other one.</param>
    /// <param name="domain">The domain that mail is for.</param>
    /// <param name="now">The time, in UTC.</param>
    public TransportRuleFacts? StopBefore(TransportRuleFacts later, DomainName domain, DateTime now)
    {
        // The cmdlet gives rules in their order, where nothing else tells it.
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

    /// <summary>True if the tenant lets nobody send from a domain (<c>SendingFromDomainDisabled</c>); null if that is not known.</summary>
    /// <param name="domain">The domain.</param>
    public bool? ForbidsSending(DomainName domain) =>
        AcceptedDomains?.FirstOrDefault(accepted => accepted.Domain == domain)?.SendingDisabled;

    /// <summary>True if the tenant accepts a domain; null where its domains are not known.</summary>
    /// <param name="domain">The domain.</param>
    public bool? Accepts(DomainName domain) => AcceptedDomains?.Any(accepted => accepted.Accepts(domain));
}
