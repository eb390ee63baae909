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
        DirectSendVerdict verdict = assessment.Judgement.Verdict;
        List<string> open = [];
        if (verdict == DirectSendVerdict.Unknown)
        {
            open.Add(Sentences.Fill(Strings.DirectSend_SettleLookup, DirectSendJudge.FailedQuery(dns)));
        }

        if (verdict is DirectSendVerdict.Unknown or DirectSendVerdict.PossiblyExposed or DirectSendVerdict.LikelyExposed)
        {
            if (!assessment.SettingsApply && assessment.Tenant != TenantFacts.None)
            {
                open.Add(Sentences.Fill(Strings.DirectSend_SettleOtherTenant, dns.Domain));
            }
            else if (assessment.Tenant.RejectDirectSend is null)
            {
                open.Add(Strings.DirectSend_SettleOrganization);
            }

            if (assessment.SettingsApply && assessment.Tenant.Connectors is null && dns.Route != MailRoute.ExchangeOnlineDirect)
            {
                open.Add(Strings.DirectSend_SettleConnectors);
            }

            if (assessment.SettingsApply
                && assessment.Tenant != TenantFacts.None
                && assessment.Tenant.TransportRules is null
                && dns.Route != MailRoute.ExchangeOnlineDirect)
            {
                open.Add(Strings.DirectSend_SettleRules);
            }

            if (dns.Endpoint is null && verdict == DirectSendVerdict.PossiblyExposed)
            {
                open.Add(Sentences.Fill(Strings.DirectSend_SettleEndpoint, dns.Domain));
            }
            else if (assessment.Probe is null && assessment.Tenant.RejectDirectSend is null)
            {
                open.Add(Strings.DirectSend_SettleProbe);
            }
        }

        if (verdict == DirectSendVerdict.ExposedPastGateway)
        {
            if (assessment.Tenant.Connectors is null)
            {
                open.Add(Strings.DirectSend_SettleConnectors);
            }

            if (assessment.Tenant.TransportRules is null)
            {
                open.Add(Strings.DirectSend_SettleRules);
            }
        }

        if ((verdict == DirectSendVerdict.NotApplicable && dns.Signs.Count > 0)
            || (verdict == DirectSendVerdict.PossiblyExposed && assessment.Tenant.AcceptedDomains is null && assessment.IsEndpointDoubtful != false))
        {
            open.Add(Sentences.Fill(Strings.DirectSend_SettleAccepted, dns.Domain));
        }

        if (assessment.IsRefusedBySwitch)
        {
            if (assessment.Tenant.AcceptedDomains is null)
            {
                open.Add(Sentences.Fill(Strings.DirectSend_SettleAccepted, dns.Domain));
            }

            if (assessment.Tenant.Connectors is null && verdict != DirectSendVerdict.ExposedPastGateway)
            {
                open.Add(Strings.DirectSend_SettleBroadConnectors);
            }
        }

        return open.ToPrintableList();
    }
}
