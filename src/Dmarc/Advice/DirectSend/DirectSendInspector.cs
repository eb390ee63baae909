using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Inspects if Direct Send lets strangers impersonate users of a domain. One inspector should serve many domains;
/// thread-safe.
/// </summary>
/// <param name="resolver">The resolver.</param>
/// <param name="options">Facts from outside DNS; null for none.</param>
internal sealed class DirectSendInspector(IDnsResolver resolver, DirectSendOptions? options = null)
{
    private readonly DirectSendOptions _options = options ?? new DirectSendOptions();
    private readonly DirectSendCollector _collector = new(resolver);
    private readonly TrafficJudge _traffic = new(resolver, options?.Tenant ?? TenantFacts.None);

    /// <summary>Inspects a domain. Every failure is a result; only cancellation throws.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="probes">True to probe the endpoint if the options allow it; otherwise only DNS is queried.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<DirectSendResult> InspectAsync(DomainName domain, bool probes = false, CancellationToken cancellationToken = default)
    {
        DomainName? parent = DirectSendAssessment.AcceptedParentOf(domain, _options.Tenant);
        Task<DirectSendDnsFacts> collecting = _collector.CollectAsync(domain, parent, cancellationToken);
        (PrintableList<DirectSendEvidence> evidence, long unjudged) = _options.Traffic is { } traffic
            ? await _traffic.JudgeAsync(traffic, domain, cancellationToken).ConfigureAwait(false)
            : (PrintableList<DirectSendEvidence>.Empty, 0);
        DirectSendDnsFacts dns = await collecting.ConfigureAwait(false);
        (string Host, string Address)? endpoint = dns.Endpoint is { } found ? (found.Host, found.Addresses[0]) : null;
        DirectSendAssessment assessment = new()
        {
            Dns = dns,
            Tenant = _options.Tenant,
            Now = _options.Clock.UtcNow.UtcDateTime,
            Evidence = evidence,
            UnjudgedMessages = unjudged,
            Probe = probes && _options.Probe is { } probe
                ? await new EndpointProber(resolver, probe).ProbeAsync(domain, endpoint, cancellationToken)
                    .ConfigureAwait(false)
                : null,
        };
        return ToResult(assessment with { Judgement = DirectSendJudge.Judge(assessment) });
    }

    private static DirectSendResult ToResult(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        bool isUnknown = assessment.Judgement.Verdict == DirectSendVerdict.Unknown;
        return new DirectSendResult
        {
            Domain = dns.Domain.ToString(),
            Status = isUnknown ? DirectSendStatus.DnsFailure
                : dns.MxResponse.Status == DnsStatus.NxDomain
                    && dns.Endpoints.All(endpoint => endpoint.Resolves != true)
                    ? DirectSendStatus.DomainNotFound
                : DirectSendStatus.Assessed,
            DnsFailure = FailureOf(dns) ?? (isUnknown ? DnsFailure.ServerFailure : null),
            Verdict = assessment.Judgement.Verdict,
            Reason = assessment.Judgement.Reason,
            OpenQuestions = SpoofExplanation.OpenQuestions(assessment),
            MailRoute = dns.Route,
            Endpoint = dns.Endpoint?.Host ?? (dns.HasEndpoint is null ? null : ""),
            Endpoints = dns.Endpoints,
            MailExchanges = dns.MailExchanges.Select(host => host.Length == 0 ? "." : host).ToPrintableList(),
            Signs = dns.Signs,
            DmarcStatus = dns.Dmarc.Status,
            DmarcDnsFailure = dns.Dmarc.DnsFailure,
            Policy = dns.Dmarc.EffectivePolicy,
            SpfAll = dns.Spf.All,
            SpoofOutcome = SpoofExplanation.Tell(assessment) is { Length: > 0 } story ? story : dns.HasEndpoint is null ? null : "",
            RejectDirectSend = assessment.Settings.RejectDirectSend,
            IsAcceptedDomain = assessment.IsAccepted,
            LockingConnectors = assessment.Locks
                .Concat(assessment.DomainLock is { } own ? [own] : [])
                .Select(connector => connector.Name)
                .ToPrintableList(),
            LockingRules = assessment.LockingRules
                .Concat(assessment.DomainRule is { } rule ? [rule] : [])
                .Select(one => one.Name)
                .ToPrintableList(),
            DkimSigning = assessment.DkimSigning?.Enabled ?? (assessment.Settings.DkimSigning is null ? null : false),
            SendingDisabled = assessment.IsSendingDisabled,
            Probe = assessment.Probe,
            Evidence = assessment.Evidence,
            NextSteps = DirectSendPlan.Make(assessment),
            Findings = DirectSendRules.Check(assessment).About(dns.Domain.ToString()),
            FailedQuery = isUnknown ? DirectSendJudge.FailedQuery(dns) : "",
        };
    }

    private static DnsFailure? FailureOf(DirectSendDnsFacts dns) =>
        (dns.FirstFailure?.Status ?? dns.Dmarc.Walk.FirstOrDefault(step => !step.Status.IsAnswer())?.Status)?.ToDnsFailure();
}
