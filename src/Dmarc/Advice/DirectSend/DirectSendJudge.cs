using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>A verdict and its basis.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The basis, in a sentence.</param>
internal sealed record DirectSendJudgement(DirectSendVerdict Verdict, string Reason)
{
    public DirectSendJudgement(DirectSendVerdict verdict, string format, params object?[] arguments)
        : this(verdict, Sentences.Fill(format, arguments))
    {
    }
}

/// <summary>
/// Determines the verdict. The strongest evidence comes first: the probe, the settings of the tenant, then DNS. If a
/// failed look-up could make a difference, the verdict is <see cref="DirectSendVerdict.Unknown"/>.
/// </summary>
internal static class DirectSendJudge
{
    /// <summary>One route of each kind that makes a difference if there is an endpoint.</summary>
    private static readonly MailRoute[] UnknownRoutes = [MailRoute.ExchangeOnlineDirect, MailRoute.NoMx, MailRoute.ThirdPartyGateway];

    public static DirectSendJudgement Judge(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (BySettings(assessment) is { } settled)
        {
            return settled;
        }

        // An accepted domain can be used at each endpoint of the tenant, whether visible in DNS or not.
        bool? endpoint = assessment.IsAccepted == true
            || assessment.AcceptedParent is not null
            || assessment.Probe?.Outcome == DirectSendProbeOutcome.Accepted
            ? true
            : dns.HasEndpoint;
        bool?[] endpoints = endpoint is null ? [true, false] : [endpoint];
        bool?[] signs = endpoint == true ? [null] : dns.HasSignOfMail is null ? [true, false] : [dns.HasSignOfMail];
        MailRoute[] routes = dns.Route == MailRoute.Unknown ? UnknownRoutes : [dns.Route];
        bool?[] enforced = endpoint == false ? [null] : dns.IsEnforced is null ? [true, false] : [dns.IsEnforced];
        bool?[] doubts = assessment.IsEndpointDoubtful is null ? [true, false] : [assessment.IsEndpointDoubtful];
        DirectSendJudgement[] possible =
        [
            .. from there in endpoints
               from sign in signs
               from route in routes
               from stopped in enforced
               from doubtful in doubts
               select there == true
                   ? ByEndpoint(assessment, route, stopped == true && assessment.AllowingRule is null, doubtful == true)
                   : WithoutEndpoint(dns, sign == true),
        ];
        return possible.All(one => one.Verdict == possible[0].Verdict)
            ? possible[0]
            : new(DirectSendVerdict.Unknown, Strings.DirectSend_ReasonLookupFailed, FailedQuery(dns));
    }

    /// <summary>The first failed look-up, with its type; empty if none failed.</summary>
    public static string FailedQuery(DirectSendDnsFacts dns)
    {
        if (dns.FirstFailure is { } failure)
        {
            return failure.Type + " " + failure.Name;
        }

        DmarcWalkStep? step = dns.Dmarc.Walk.FirstOrDefault(candidate => !candidate.Status.IsAnswer());
        return step is null ? "" : "TXT " + step.QueryName;
    }

    private static DirectSendJudgement? BySettings(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        DomainName domain = dns.Domain;
        DirectSendProbeOutcome? probe = assessment.Probe?.Outcome;
        if (probe == DirectSendProbeOutcome.ConnectorRejected)
        {
            return new(DirectSendVerdict.Protected, Strings.DirectSend_ReasonProbeConnector, domain);
        }

        if (probe == DirectSendProbeOutcome.Accepted && (assessment.IsSenderRefused || assessment.IsLocked))
        {
            return new(DirectSendVerdict.PossiblyExposed, Strings.DirectSend_ReasonProbeContradicts, domain);
        }

        bool isRejected = probe == DirectSendProbeOutcome.DirectSendRejected;
        if ((isRejected || assessment.IsSenderRefused) && assessment.IsBehindGateway && !assessment.IsLocked)
        {
            return new(
                DirectSendVerdict.ExposedPastGateway,
                isRejected || assessment.Tenant.Connectors is null
                    ? Strings.DirectSend_ReasonPastGatewayUnknown
                    : Strings.DirectSend_ReasonPastGateway,
                domain,
                dns.FrontService ?? dns.FrontHost,
                dns.Endpoint?.Host ?? Strings.DirectSend_TheEndpoint);
        }

        return isRejected ? new(DirectSendVerdict.Protected, Strings.DirectSend_ReasonProbeRejected, domain)
            : assessment.IsLocked ? assessment.LockingRules.FirstOrDefault() is { } rule
                ? new(DirectSendVerdict.Protected, Strings.DirectSend_ReasonRule, domain, rule.Name)
                : new(
                    DirectSendVerdict.Protected, Strings.DirectSend_ReasonLocked, domain, assessment.Locks.First().Name)
            : assessment.IsRefusedBySwitch ? new(DirectSendVerdict.Protected, Strings.DirectSend_ReasonSwitch, domain)
            : !assessment.IsSenderRefused ? null
            : assessment.DomainLock is { } connector && !assessment.OpenConnectors.Any()
                ? new(DirectSendVerdict.Protected, Strings.DirectSend_ReasonDomainLocked, domain, connector.Name)
                : new(
                    DirectSendVerdict.Protected, Strings.DirectSend_ReasonDomainRule, domain, assessment.DomainRule?.Name);
    }

    private static DirectSendJudgement WithoutEndpoint(DirectSendDnsFacts dns, bool hasSign) => hasSign
        ? new(DirectSendVerdict.PossiblyExposed, Strings.DirectSend_ReasonSignsOnly, dns.Domain, dns.Signs)
        : new(DirectSendVerdict.NotApplicable, Strings.DirectSend_ReasonNoEndpoint, dns.Domain);

    /// <summary>
    /// The severity of an open endpoint depends on what follows it: an enforced policy, if Microsoft acts on it. That
    /// depends on the MX records of the recipients; without any, it remains open.
    /// </summary>
    private static DirectSendVerdict VerdictOfOpen(MailRoute route, bool isEnforced) => (isEnforced, route) switch
    {
        (true, MailRoute.ExchangeOnlineDirect) => DirectSendVerdict.Mitigated,
        (true, MailRoute.NoMx or MailRoute.NullMx) => DirectSendVerdict.PossiblyExposed,
        _ => DirectSendVerdict.LikelyExposed,
    };

    private static DirectSendJudgement ByEndpoint(DirectSendAssessment assessment, MailRoute route, bool isEnforced, bool isDoubtful)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        DomainName domain = dns.Domain;
        string host = dns.Endpoint?.Host ?? Strings.DirectSend_TheEndpoint;
        DirectSendVerdict open = VerdictOfOpen(route, isEnforced);
        if (assessment.IsUndone)
        {
            return new(
                open,
                assessment.Switch == true
                    ? Strings.DirectSend_ReasonOpenConnector
                    : Strings.DirectSend_ReasonLockUndone,
                domain,
                assessment.OpenConnectors.First().Name,
                assessment.Locks.FirstOrDefault()?.Name);
        }

        if (assessment.IsKnownOpen)
        {
            return new(
                open,
                open switch
                {
                    DirectSendVerdict.Mitigated => Strings.DirectSend_ReasonMitigated,
                    DirectSendVerdict.PossiblyExposed => Strings.DirectSend_ReasonOpenWithoutMx,
                    _ when isEnforced => Strings.DirectSend_ReasonOpenBehindGateway,
                    _ => Strings.DirectSend_ReasonKnownOpen,
                },
                domain,
                host,
                dns.EnforcedPolicy?.ToKeyword(),
                assessment.Probe?.Outcome == DirectSendProbeOutcome.Accepted
                    ? Strings.DirectSend_ByProbe
                    : Strings.DirectSend_BySettings);
        }

        bool isUnfronted = route is MailRoute.ExchangeOnlineDirect or MailRoute.NoMx or MailRoute.NullMx;
        return assessment.WasAbused
            ? new(DirectSendVerdict.LikelyExposed, Strings.DirectSend_ReasonAbused, domain, host)
            : isDoubtful
                ? new(
                    DirectSendVerdict.PossiblyExposed,
                    Strings.DirectSend_ReasonOthersEndpoint,
                    domain,
                    host,
                    dns.OtherDomain)
            : isUnfronted && isEnforced
                ? new(DirectSendVerdict.PossiblyExposed, Strings.DirectSend_ReasonEnforced, domain, host,
                    dns.EnforcedPolicy?.ToKeyword())
            : isUnfronted
                ? new(
                    DirectSendVerdict.LikelyExposed,
                    dns.PassesAnybody ? Strings.DirectSend_ReasonPassesAnybody : Strings.DirectSend_ReasonNotEnforced,
                    domain,
                    host)
            : dns.Route == MailRoute.NotMicrosoft
                ? new(DirectSendVerdict.PossiblyExposed, Strings.DirectSend_ReasonElsewhere, domain, host,
                    dns.FrontHost)
            : new(DirectSendVerdict.LikelyExposed, Strings.DirectSend_ReasonBehindGateway, domain, host, dns.FrontHost);
    }
}
