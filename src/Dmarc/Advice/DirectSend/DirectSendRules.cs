using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>The rules about Direct Send.</summary>
internal static class DirectSendRules
{
    public static readonly Rule<DirectSendAssessment>[] All =
    [
        // A failed look-up leaves a fact unknown; the verdict shows whether it decides.
        new(DirectSendFindings.LookupFailed.Code, assessment =>
        [
            .. assessment.Dns.Failures.Select(failure =>
                DirectSendFindings.LookupFailed.Create(failure.Type + " " + failure.Name, failure.Status)),
            .. assessment.Dns.Dmarc.Walk
                .Where(step => !step.Status.IsAnswer())
                .Select(step => DirectSendFindings.LookupFailed.Create("TXT " + step.QueryName, step.Status)),
        ]),

        // An endpoint behind a gateway can be reached directly by name, unless a connector locks it.
        new(DirectSendFindings.BehindGateway,
            assessment => assessment.IsEndpointDoubtful != true
                && assessment.Dns.Route is MailRoute.ThirdPartyGateway or MailRoute.Hybrid or MailRoute.Mixed
                && assessment.Dns.Endpoint is not null
                && !assessment.IsLocked,
            assessment => [assessment.Dns.Domain, assessment.Dns.FrontService ?? assessment.Dns.FrontHost, assessment.Dns.Endpoint!.Host]),
        new(nameof(SeveralEndpoints), SeveralEndpoints),

        // An MX record points to a missing endpoint: mail bounces; who adds the domain to a tenant may get the name.
        new(DirectSendFindings.DanglingEndpoint.Code, assessment => assessment.Dns.Endpoints
            .Where(endpoint => endpoint.Source == EndpointSource.MailExchange && endpoint.Status.IsVoid())
            .Select(endpoint => DirectSendFindings.DanglingEndpoint.Create(assessment.Dns.Domain, endpoint.Host, endpoint.Status))),
        new(nameof(Policy), Policy),

        // An SPF record that passes any sender at the endpoint undermines DMARC.
        new(DirectSendFindings.SpfPassesAnybody,
            assessment => assessment.Dns.PassesAnybody && (assessment.Dns.Endpoint is not null || assessment.Dns.HasSignOfMail == true),
            assessment => [assessment.Dns.Domain, assessment.Dns.Spf.OpenTerms]),

        // Microsoft's own include also passes its other customers.
        new(DirectSendFindings.SharedSpf, assessment => assessment.Dns.Endpoint is not null && FindInclude(assessment) is not null,
            assessment => [assessment.Dns.Domain, FindInclude(assessment)!.Value]),

        // RejectDirectSend is off, or what it does not cover. A lock covers all of that, as does a rule that refuses
        // the domain in the From header.
        new("Switch", assessment => assessment.IsLocked || assessment.DomainRule is { ChecksHeader: true } ? null
            : assessment.Switch == false && !assessment.IsSenderRefused ? DirectSendFindings.SwitchOff.Create(assessment.Dns.Domain)
                : assessment.Switch == true || assessment.IsSenderRefused
                    ? DirectSendFindings.SwitchLimits.Create(assessment.Dns.Domain)
                : null),
        new(nameof(AcceptedDomain), AcceptedDomain),

        // Mail that matches a connector is not Direct Send: an open connector lets everybody pass the switch.
        new(DirectSendFindings.ConnectorTooBroad.Code, assessment => assessment.OpenConnectors
            .Select(connector => DirectSendFindings.ConnectorTooBroad.Create(connector.Name, connector.SenderDomains))),
        new(DirectSendFindings.ConnectorNotRestricted.Code, assessment =>
            from connector in assessment.Settings.Connectors ?? PrintableList<InboundConnectorFacts>.Empty
            where connector is
            {
                Enabled: true, Type: InboundConnectorType.Partner, IsForAllSenders: true, IsRestricted: false, TakesAnybody: false,
            }
            select DirectSendFindings.ConnectorNotRestricted.Create(connector.Name)),
        new(nameof(Locks), Locks),
        new(nameof(TransportRules), TransportRules),

        // Mail through a connector with TreatMessagesAsInternal is trusted like internal mail, including spoofs.
        new(DirectSendFindings.TreatedAsInternal.Code, assessment =>
            from connector in assessment.Settings.Connectors ?? PrintableList<InboundConnectorFacts>.Empty
            where connector is { Enabled: true, TreatsMessagesAsInternal: true }
            select DirectSendFindings.TreatedAsInternal.Create(connector.Name, connector.SenderDomains)),
        new(nameof(DirectSendEvidenceRules.DkimSigning), DirectSendEvidenceRules.DkimSigning),

        // The tenant disables sending from the domain, but senders at the endpoint are not affected.
        new(
            DirectSendFindings.SendingDisabled,
            assessment => assessment is { IsSendingDisabled: true, IsLocked: false },
            assessment => [assessment.Dns.Domain]),
        new(nameof(DirectSendEvidenceRules.Traffic), DirectSendEvidenceRules.Traffic),
        new(nameof(DirectSendEvidenceRules.Probe), DirectSendEvidenceRules.Probe),
    ];

    /// <summary>The findings of all rules, most severe first.</summary>
    public static PrintableList<Finding> Check(DirectSendAssessment assessment) =>
        All.SelectMany(rule => rule.Check(assessment)).OrderByDescending(finding => finding.Severity).ToPrintableList();

    private static TenantSign? FindInclude(DirectSendAssessment assessment) =>
        assessment.Dns.Signs.FirstOrDefault(sign => sign.Kind == TenantSignKind.SpfInclude);

    /// <summary>A tenant may have several endpoint names, each of which accepts mail.</summary>
    private static IEnumerable<Finding> SeveralEndpoints(DirectSendAssessment assessment)
    {
        DirectSendEndpoint? exchange = assessment.Dns.Endpoints.FirstOrDefault(endpoint =>
            endpoint is { Source: EndpointSource.MailExchange, Resolves: true });
        foreach (DirectSendEndpoint endpoint in assessment.Dns.Endpoints.Where(endpoint => endpoint.Resolves == true))
        {
            if (endpoint.Source == EndpointSource.Derived && exchange is not null)
            {
                yield return DirectSendFindings.SecondEndpoint.Create(assessment.Dns.Domain, exchange.Host, endpoint.Host);
            }
            else if (endpoint.Source == EndpointSource.TenantDomain && !assessment.IsLocked)
            {
                yield return DirectSendFindings.TenantEndpoint.Create(assessment.Dns.Domain, endpoint.Host);
            }
        }
    }

    /// <summary>Spoofed mail at the endpoint meets DMARC, if published and if Microsoft acts on it.</summary>
    private static Finding? Policy(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        return dns.Endpoint is null || dns.IsEnforced is null || dns.PassesAnybody ? null
            : dns.IsEnforced == false ? DirectSendFindings.PolicyNotEnforced.Create(dns.Domain, DescribePolicy(dns.Dmarc))
            : assessment.IsUnfronted || assessment.IsLocked ? null
            : DirectSendFindings.PolicyBehindGateway.Create(dns.Domain, dns.EnforcedPolicy?.ToKeyword());
    }

    private static string DescribePolicy(DmarcRecordResult dmarc) => dmarc.EffectivePolicy is not { } policy
        ? Strings.DirectSend_NoDmarcPolicy
        : dmarc.Testing == true ? dmarc.PolicyTag + "=" + policy.ToKeyword() + ", t=y"
        : dmarc.Percentage < 100 ? dmarc.PolicyTag + "=" + policy.ToKeyword() + ", pct=" + dmarc.Percentage
        : dmarc.PolicyTag + "=" + policy.ToKeyword();

    /// <summary>The switch only covers accepted domains, not other domains or subdomains of accepted ones.</summary>
    private static Finding? AcceptedDomain(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (assessment.IsAccepted == false)
        {
            return assessment.AcceptedParent is not null || dns.HasEndpoint == true
                ? DirectSendFindings.NotAccepted.Create(dns.Domain)
                : null;
        }

        AcceptedDomainFacts? accepted = assessment.Tenant.AcceptedDomains?.FirstOrDefault(one => one.Accepts(dns.Domain));
        return accepted is { MatchesSubdomains: false } && !assessment.IsLocked
            ? DirectSendFindings.SubdomainsNotCovered.Create(dns.Domain)
            : null;
    }

    /// <summary>A connector that locks the endpoint belongs behind a gateway, and must be enabled.</summary>
    private static IEnumerable<Finding> Locks(DirectSendAssessment assessment)
    {
        if (assessment.Dns.Route == MailRoute.ExchangeOnlineDirect && assessment.Locks.FirstOrDefault() is { } stopping)
        {
            yield return DirectSendFindings.LockStopsMail.Create(assessment.Dns.Domain, stopping.Name);
        }

        if (assessment.Settings.DisabledLock is { } disabled && !assessment.IsLocked
            && assessment.Dns.Route != MailRoute.ExchangeOnlineDirect)
        {
            yield return DirectSendFindings.LockDisabled.Create(disabled.Name);
        }
    }

    /// <summary>Mail flow rules that only resemble a lock, stop all mail, or let spoofs bypass the filter.</summary>
    private static IEnumerable<Finding> TransportRules(DirectSendAssessment assessment)
    {
        foreach (TransportRuleFacts rule in assessment.Settings.TransportRules
            ?? PrintableList<TransportRuleFacts>.Empty)
        {
            if (rule.LetsSpoofsPass(assessment.Dns.Domain) && rule.IsInForce(assessment.Now))
            {
                yield return DirectSendFindings.RuleLetsSpoofsPass.Create(assessment.Dns.Domain, rule.Name);
            }
            else if (rule.IsLockFor(assessment.Dns.Domain))
            {
                if (!rule.IsInForce(assessment.Now))
                {
                    yield return DirectSendFindings.RuleNotInForce.Create(rule.Name, WhyNotInForce(rule, assessment.Now));
                }
                else if (assessment.StopBefore(rule) is { } stop)
                {
                    yield return DirectSendFindings.RuleNotReached.Create(rule.Name, stop.Name);
                }
                else if (assessment.Dns.Route == MailRoute.ExchangeOnlineDirect)
                {
                    yield return DirectSendFindings.RuleStopsMail.Create(assessment.Dns.Domain, rule.Name);
                }
                else if (rule.ExceptedRanges.Count == 0 && !rule.ExceptsHeader)
                {
                    yield return DirectSendFindings.RuleExemptsNobody.Create(assessment.Dns.Domain, rule.Name);
                }
            }
            else if (rule.IsNearlyLock && !assessment.IsLocked)
            {
                yield return DirectSendFindings.RuleHasHoles.Create(
                    rule.Name,
                    rule.Others.Count > 0 ? rule.Others.ToString() : "ExceptIfSenderIpRanges " + rule.ExceptedRanges);
            }
        }
    }

    private static string WhyNotInForce(TransportRuleFacts rule, DateTime now) =>
        rule.Enabled != true ? rule.Enabled is null ? "State" : "State: Disabled"
        : rule.IsEnforced != true ? "Mode: Audit"
        : rule.Begins > now ? "ActivationDate: " + rule.Begins.Value.ToString("u", CultureInfo.InvariantCulture)
        : "ExpiryDate: " + rule.Ends?.ToString("u", CultureInfo.InvariantCulture);
}
