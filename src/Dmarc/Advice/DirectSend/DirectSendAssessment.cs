using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>Everything that is known of a domain: what the judge, the rules and the plan look at.</summary>
internal sealed record DirectSendAssessment
{
    public required DirectSendDnsFacts Dns { get; init; }

    public TenantFacts Tenant { get; init; } = TenantFacts.None;

    public PrintableList<DirectSendEvidence> Evidence { get; init; } = PrintableList<DirectSendEvidence>.Empty;

    /// <summary>How many messages were seen beyond what the evidence holds.</summary>
    public long UnjudgedMessages { get; init; }

    public DirectSendProbeResult? Probe { get; init; }

    /// <summary>The judgement, once it is made.</summary>
    public DirectSendJudgement Judgement { get; init; } = DirectSendJudgement.None;

    /// <summary>True if the tenant accepts the domain; null where its domains are not known.</summary>
    public bool? IsAccepted => Tenant.Accepts(Dns.Domain);

    /// <summary>The nearest domain above that the tenant accepts, where it does not accept the domain itself; null if there is none.</summary>
    public DomainName? AcceptedParent => AcceptedParentOf(Dns.Domain, Tenant);

    /// <summary>True if the settings that are known are those of the tenant that the domain, or one above it, belongs to.</summary>
    public bool SettingsApply => AcceptedParent is not null || (IsAccepted ?? (Dns.HasEndpoint != false));

    /// <summary>The connectors that take anybody for a sender of the domain, so that the switch lets everybody pass who uses its name.</summary>
    public IEnumerable<InboundConnectorFacts> OpenConnectors => (SettingsApply ? Tenant.Connectors : null)?
        .Where(connector => connector.Enabled && connector.TakesAnybody && connector.IsFor(Dns.Domain)) ?? [];

    /// <summary>The connectors that lock the endpoint.</summary>
    public IEnumerable<InboundConnectorFacts> Locks => SettingsApply ? Tenant.Locks : [];

    /// <summary>The switch, where it is known and is about the domain.</summary>
    public bool? Switch => SettingsApply && IsAccepted != false ? Tenant.RejectDirectSend : null;

    /// <summary>True if the switch is on and nothing that is known keeps it from working for the domain.</summary>
    public bool IsRefusedBySwitch => Switch == true && !OpenConnectors.Any();

    /// <summary>The time by which rules are in force.</summary>
    public DateTime Now { get; init; }

    /// <summary>The mail flow rules that lock the endpoint. A connector whose mail counts as mail from inside lets it past them.</summary>
    public IEnumerable<TransportRuleFacts> LockingRules =>
        SettingsApply && !OpenConnectors.Any(connector => connector.TreatsMessagesAsInternal) ? Tenant.LockingRules(Dns.Domain, Now) : [];

    /// <summary>A rule that refuses senders of the domain to all but those that it knows; null if there is none.</summary>
    public TransportRuleFacts? DomainRule => (SettingsApply ? Tenant.TransportRules : null)?
        .FirstOrDefault(rule => rule.IsInForce(Now) && rule.IsDomainLockFor(Dns.Domain) && Tenant.StopBefore(rule, Dns.Domain, Now) is null);

    /// <summary>A rule in force that spares spoofs of the domain the filter; null if there is none.</summary>
    public TransportRuleFacts? AllowingRule => (SettingsApply ? Tenant.TransportRules : null)?
        .FirstOrDefault(rule => rule.IsInForce(Now) && rule.LetsSpoofsPass(Dns.Domain));

    /// <summary>For the domain: whether and how mail is signed; null if it is not known or not set up.</summary>
    public DkimSigningFacts? DkimSigning => (SettingsApply ? Tenant.DkimSigning : null)?.FirstOrDefault(signing => signing.Domain == Dns.Domain);

    /// <summary>True if the tenant lets nobody send from the domain; null if that is not known.</summary>
    public bool? IsSendingDisabled => SettingsApply ? Tenant.ForbidsSending(Dns.Domain) : null;

    /// <summary>
    /// True if a connector locks the endpoint, and none that anybody matches lets mail in the name of the domain past it; or where a mail
    /// flow rule does.
    /// </summary>
    public bool IsLocked => (Locks.Any() && !OpenConnectors.Any()) || LockingRules.Any();

    /// <summary>
    /// True if the mail exchanges are a gateway, before the endpoint: who goes past it, with an envelope sender that is not of the domain, is
    /// stopped by no switch.
    /// </summary>
    public bool IsBehindGateway => Dns.Route is MailRoute.ThirdPartyGateway or MailRoute.Hybrid
        || (IsOfTenant && Dns.Route == MailRoute.NotMicrosoft && !Dns.IsMailboxElsewhere);

    /// <summary>True where something refuses Direct Send, were it not for a connector that takes anybody.</summary>
    public bool IsUndone => (Switch == true || Locks.Any()) && OpenConnectors.Any() && !LockingRules.Any();

    /// <summary>A connector that refuses an envelope sender of the domain to all but those that it knows; null if there is none.</summary>
    public InboundConnectorFacts? DomainLock => (SettingsApply ? Tenant.Connectors : null)?
        .FirstOrDefault(connector => connector is { Enabled: true, IsForAllSenders: false, IsRestricted: true }
            && connector.Type != InboundConnectorType.OnPremises
            && connector.IsFor(Dns.Domain));

    /// <summary>True where anonymous mail with an envelope sender of the domain is refused, by the switch or by a connector.</summary>
    public bool IsSenderRefused => IsRefusedBySwitch || (DomainLock is not null && !OpenConnectors.Any()) || DomainRule is not null;

    /// <summary>True where mail goes to the endpoint itself, or the domain takes none, so that nothing stands before the endpoint.</summary>
    public bool IsUnfronted => Dns.Route is MailRoute.ExchangeOnlineDirect or MailRoute.NullMx or MailRoute.NoMx;

    /// <summary>
    /// True if the endpoint is known to take such mail: the switch is off or does not cover the domain and no connector locks
    /// it, or the probe was accepted. Without the connectors that is known only if a lock would stop all mail of the domain.
    /// </summary>
    public bool IsKnownOpen => !IsSenderRefused && !IsLocked
        && (Probe?.Outcome == DirectSendProbeOutcome.Accepted
            || ((Switch is not null || AcceptedParent is not null) && (Tenant.Connectors is not null || Dns.Route == MailRoute.ExchangeOnlineDirect)));

    /// <summary>True if it is known, by its settings, that the domain is of a tenant.</summary>
    public bool IsOfTenant => IsAccepted == true || AcceptedParent is not null;

    /// <summary>
    /// True if the endpoint that answers may be that of another domain, whose derived name is the same; null if a failed look-up leaves that open.
    /// </summary>
    public bool? IsEndpointDoubtful => Dns.OtherDomain is null || IsOfTenant ? false : !Dns.IsEndpointTied;

    /// <summary>True where mail that poses as the domain was seen to come through.</summary>
    public bool WasAbused => Evidence.Any(one => one is { Verdict: EvidenceVerdict.Spoof, WasTaken: true });

    /// <summary>The nearest domain above one that a tenant accepts, where it does not accept that one itself; null if there is none.</summary>
    public static DomainName? AcceptedParentOf(DomainName domain, TenantFacts tenant) =>
        tenant.Accepts(domain) == false
            ? domain.SelfAndAncestors().Skip(1).FirstOrDefault(above => tenant.Accepts(above) == true)
            : null;
}
