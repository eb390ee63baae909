using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>Explains what a spoof would encounter at the endpoint, and how to answer open questions.</summary>
internal static class SpoofExplanation
{
    /// <summary>What a spoof would encounter; empty if no endpoint is known.</summary>
    public static string Tell(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (dns.Endpoint is null && assessment.IsAccepted != true)
        {
            return "";
        }

        if (assessment.Judgement.Verdict is DirectSendVerdict.Protected or DirectSendVerdict.ExposedPastGateway)
        {
            return assessment.LockingRules.FirstOrDefault() is { } rule ? Sentences.Fill(Strings.DirectSend_MeetsRule, rule.Name)
                : assessment.IsLocked ? Strings.DirectSend_MeetsLock
                : assessment.IsRefusedBySwitch || assessment.Probe?.Outcome == DirectSendProbeOutcome.DirectSendRejected
                    ? Strings.DirectSend_MeetsSwitch
                : !assessment.IsSenderRefused ? Strings.DirectSend_MeetsLock
                : assessment.DomainLock is not null && !assessment.OpenConnectors.Any() ? Strings.DirectSend_MeetsDomainLock
                : Sentences.Fill(Strings.DirectSend_MeetsDomainRule, assessment.DomainRule?.Name);
        }

        if (dns.PassesAnybody)
        {
            return dns.Dmarc.Status == DmarcRecordStatus.DnsFailure ? Strings.DirectSend_SpfPassDmarcUnknown
                : dns.Dmarc.EffectivePolicy is null ? Strings.DirectSend_SpfPassNoDmarc
                : Strings.DirectSend_SpfPass;
        }

        string spf = Sentences.Fill(dns.Spf.OtherwiseResult switch
        {
            null => Strings.DirectSend_SpfUnknown,
            AuthenticationResult.None => Strings.DirectSend_SpfNone,
            _ => Strings.DirectSend_SpfResult,
        }, dns.Spf.OtherwiseResult?.ToWord());

        string dmarc = dns.IsEnforced is null ? Strings.DirectSend_DmarcUnknown
            : dns.EnforcedPolicy is not { } policy ? Strings.DirectSend_DmarcOpen
            : Sentences.Fill(
                dns.Route == MailRoute.ExchangeOnlineDirect ? Strings.DirectSend_DmarcEnforced
                : assessment.IsUnfronted ? Strings.DirectSend_DmarcWithoutMx
                : Strings.DirectSend_DmarcBehindGateway,
                policy.ToKeyword());
        return Sentences.Join(spf, dmarc);
    }

    /// <summary>How to answer the open questions; empty if there are none.</summary>
    public static PrintableList<string> OpenQuestions(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        TenantFacts tenant = assessment.Tenant;
        DirectSendVerdict verdict = assessment.Judgement.Verdict;
        bool isOpen = verdict
            is DirectSendVerdict.Unknown or DirectSendVerdict.PossiblyExposed or DirectSendVerdict.LikelyExposed;
        bool isPastGateway = verdict == DirectSendVerdict.ExposedPastGateway;
        bool isPossible = verdict == DirectSendVerdict.PossiblyExposed;
        bool isOther = !assessment.SettingsApply && tenant != TenantFacts.None;
        bool needsLock = isPastGateway
            || (isOpen && assessment.SettingsApply && dns.Route != MailRoute.ExchangeOnlineDirect);
        bool needsEndpoint = dns.Endpoint is null && isPossible;
        (bool IsOpen, string Text)[] questions =
        [
            (verdict == DirectSendVerdict.Unknown,
                Sentences.Fill(Strings.DirectSend_SettleLookup, DirectSendJudge.FailedQuery(dns))),
            (isOpen && isOther, Sentences.Fill(Strings.DirectSend_SettleOtherTenant, dns.Domain)),
            (isOpen && !isOther && tenant.RejectDirectSend is null, Strings.DirectSend_SettleOrganization),
            (needsLock && tenant.Connectors is null, Strings.DirectSend_SettleConnectors),
            (needsLock && tenant.TransportRules is null && (isPastGateway || tenant != TenantFacts.None),
                Strings.DirectSend_SettleRules),
            (needsEndpoint, Sentences.Fill(Strings.DirectSend_SettleEndpoint, dns.Domain)),
            (isOpen && !needsEndpoint && assessment.Probe is null && tenant.RejectDirectSend is null,
                Strings.DirectSend_SettleProbe),
            ((verdict == DirectSendVerdict.NotApplicable && dns.Signs.Count > 0)
                || (tenant.AcceptedDomains is null
                    && (assessment.IsRefusedBySwitch || (isPossible && assessment.IsEndpointDoubtful != false))),
                Sentences.Fill(Strings.DirectSend_SettleAccepted, dns.Domain)),
            (assessment.IsRefusedBySwitch && tenant.Connectors is null && !isPastGateway,
                Strings.DirectSend_SettleBroadConnectors),
        ];
        return questions.Where(question => question.IsOpen).Select(question => question.Text).ToPrintableList();
    }
}
