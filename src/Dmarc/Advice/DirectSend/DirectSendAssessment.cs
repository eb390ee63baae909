using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;

namespace Dmarc.Advice.DirectSend;

/// <summary>All facts about a domain: the input of the judge, the rules and the plan.</summary>
internal sealed record DirectSendAssessment
{
    public required DirectSendDnsFacts Dns { get; init; }

    public TenantFacts Tenant { get; init; } = TenantFacts.None;

    public PrintableList<DirectSendEvidence> Evidence { get; init; } = PrintableList<DirectSendEvidence>.Empty;

    /// <summary>The number of messages beyond those in the evidence.</summary>
    public long UnjudgedMessages { get; init; }

    public DirectSendProbeResult? Probe { get; init; }

    /// <summary>The judgement, once made.</summary>
    public DirectSendJudgement Judgement { get; init; } = new(DirectSendVerdict.Unknown, "");

    /// <summary>The time for the validity of rules.</summary>
    public DateTime Now { get; init; }

    /// <summary>True if the tenant accepts the domain; null if its domains are unknown.</summary>
    public bool? IsAccepted => Tenant.Accepts(Dns.Domain);

    /// <summary>The nearest parent domain that the tenant accepts instead of the domain; null if none.</summary>
    public DomainName? AcceptedParent => AcceptedParentOf(Dns.Domain, Tenant);

    /// <summary>True if the known settings belong to the tenant of the domain or a parent domain.</summary>
    public bool SettingsApply => AcceptedParent is not null || (IsAccepted ?? (Dns.HasEndpoint != false));

    /// <summary>The settings of the tenant if they apply to the domain; none otherwise.</summary>
    public TenantFacts Settings => SettingsApply ? Tenant : TenantFacts.None;

    /// <summary>The connectors that match any sender of the domain, so that the switch stops nobody.</summary>
    public IEnumerable<InboundConnectorFacts> OpenConnectors =>
        Settings.Connectors?.Where(
            connector => connector.Enabled && connector.TakesAnybody && connector.IsFor(Dns.Domain)) ?? [];

    /// <summary>The connectors that lock the endpoint.</summary>
    public IEnumerable<InboundConnectorFacts> Locks => Settings.Connectors?.Where(connector => connector.IsLock) ?? [];

    /// <summary>The switch, if it is known and covers the domain.</summary>
    public bool? Switch => IsAccepted != false ? Settings.RejectDirectSend : null;

    /// <summary>True if the switch is on and nothing known prevents it from covering the domain.</summary>
    public bool IsRefusedBySwitch => Switch == true && !OpenConnectors.Any();

    /// <summary>The mail flow rules that lock the endpoint, unless a connector marks the mail as internal.</summary>
    public IEnumerable<TransportRuleFacts> LockingRules =>
        OpenConnectors.Any(connector => connector.TreatsMessagesAsInternal)
        ? []
        : Settings.TransportRules?.Where(rule => rule.IsLockFor(Dns.Domain) && IsEffective(rule)) ?? [];

    /// <summary>A rule that refuses the domain's senders except known ones; null if there is none.</summary>
    public TransportRuleFacts? DomainRule =>
        Settings.TransportRules?.FirstOrDefault(rule => rule.IsDomainLockFor(Dns.Domain) && IsEffective(rule));

    /// <summary>An active rule that lets spoofs of the domain bypass the filter; null if there is none.</summary>
    public TransportRuleFacts? AllowingRule =>
        Settings.TransportRules?.FirstOrDefault(rule => rule.IsInForce(Now) && rule.LetsSpoofsPass(Dns.Domain));

    /// <summary>The DKIM signing of the domain's mail; null if unknown or not set up.</summary>
    public DkimSigningFacts? DkimSigning =>
        Settings.DkimSigning?.FirstOrDefault(signing => signing.Domain == Dns.Domain);

    /// <summary>True if the settings show whether Microsoft 365 signs the domain's mail.</summary>
    public bool IsSigningKnown => Settings.DkimSigning is not null && IsAccepted != false && IsSendingDisabled != true;

    /// <summary>True if the tenant disables sending from the domain; null if unknown.</summary>
    public bool? IsSendingDisabled =>
        Settings.AcceptedDomains?.FirstOrDefault(accepted => accepted.Domain == Dns.Domain)?.SendingDisabled;

    /// <summary>
    /// True if a connector locks the endpoint and no open connector lets mail in the domain's name bypass it; or if a
    /// mail flow rule locks it.
    /// </summary>
    public bool IsLocked => (Locks.Any() && !OpenConnectors.Any()) || LockingRules.Any();

    /// <summary>
    /// True if the mail exchanges are a gateway before the endpoint: no switch stops a sender that bypasses it with an
    /// envelope sender outside the domain.
    /// </summary>
    public bool IsBehindGateway => Dns.Route is MailRoute.ThirdPartyGateway or MailRoute.Hybrid
        || (IsOfTenant && Dns.Route == MailRoute.NotMicrosoft && !Dns.IsMailboxElsewhere);

    /// <summary>True if Direct Send would be refused without an open connector.</summary>
    public bool IsUndone => (Switch == true || Locks.Any()) && OpenConnectors.Any() && !LockingRules.Any();

    /// <summary>A connector that refuses the domain's envelope senders except known ones, or null.</summary>
    public InboundConnectorFacts? DomainLock => Settings.Connectors?.FirstOrDefault(connector =>
        connector is { Enabled: true, IsForAllSenders: false, IsRestricted: true }
        && connector.Type != InboundConnectorType.OnPremises
        && connector.IsFor(Dns.Domain));

    /// <summary>True if the switch or a connector refuses anonymous envelope senders of the domain.</summary>
    public bool IsSenderRefused => IsRefusedBySwitch || (DomainLock is not null && !OpenConnectors.Any()) || DomainRule is not null;

    /// <summary>True if no gateway precedes the endpoint: mail goes to it directly, or none is accepted.</summary>
    public bool IsUnfronted => Dns.Route is MailRoute.ExchangeOnlineDirect or MailRoute.NullMx or MailRoute.NoMx;

    /// <summary>
    /// True if the endpoint is known to accept such mail: the switch is off or does not cover the domain and no
    /// connector locks it, or the probe was accepted. If connectors are unknown, a lock would have to stop all the
    /// domain's mail.
    /// </summary>
    public bool IsKnownOpen => !IsSenderRefused && !IsLocked
        && (Probe?.Outcome == DirectSendProbeOutcome.Accepted
            || ((Switch is not null || AcceptedParent is not null) && (Tenant.Connectors is not null || Dns.Route == MailRoute.ExchangeOnlineDirect)));

    /// <summary>True if the settings show that the domain belongs to a tenant.</summary>
    public bool IsOfTenant => IsAccepted == true || AcceptedParent is not null;

    /// <summary>True if the endpoint may belong to another domain with the same derived name, or null.</summary>
    public bool? IsEndpointDoubtful => Dns.OtherDomain is null || IsOfTenant ? false : !Dns.IsEndpointTied;

    /// <summary>True if spoofed mail of the domain was seen to be accepted.</summary>
    public bool WasAbused => Evidence.Any(one => one is { Verdict: EvidenceVerdict.Spoof, WasTaken: true });

    /// <summary>The nearest parent domain that a tenant accepts instead of the domain; null if there is none.</summary>
    public static DomainName? AcceptedParentOf(DomainName domain, TenantFacts tenant) =>
        tenant.Accepts(domain) == false
            ? domain.SelfAndAncestors().Skip(1).FirstOrDefault(above => tenant.Accepts(above) == true)
            : null;

    /// <summary>An active earlier rule that keeps a rule from strangers' mail; null if there is none.</summary>
    public TransportRuleFacts? StopBefore(TransportRuleFacts later)
    {
        // Without a priority, the order of the cmdlet's output counts.
        DomainName? sender = later.SenderDomains.Count == 0 ? null : Dns.Domain;
        bool isBefore = true;
        foreach (TransportRuleFacts rule in Tenant.TransportRules ?? PrintableList<TransportRuleFacts>.Empty)
        {
            isBefore &= !ReferenceEquals(rule, later);
            if ((rule.Priority is { } first && later.Priority is { } second ? first < second : isBefore)
                && rule.IsInForce(Now)
                && rule.StopsStrangers(Dns.Domain, sender))
            {
                return rule;
            }
        }

        return null;
    }

    private bool IsEffective(TransportRuleFacts rule) => rule.IsInForce(Now) && StopBefore(rule) is null;
}
