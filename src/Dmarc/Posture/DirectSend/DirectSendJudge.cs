using System.Globalization;
using Dmarc.Dns;
using Dmarc.Policy;
using Dmarc.Posture.DirectSend.Probing;

namespace Dmarc.Posture.DirectSend;

/// <summary>
/// Comes to a verdict. What settles it goes first: the probe, then the settings of the tenant, then DNS. Where a look-up
/// failed whose answer would make a difference, the verdict is <see cref="DirectSendVerdict.Unknown"/>.
/// </summary>
internal static class DirectSendJudge
{
    public static DirectSendJudgement Judge(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (BySettings(assessment) is { } settled)
        {
            return settled;
        }

        // Accepted by the tenant, the domain can be used at each of its endpoints, whether DNS shows one under this name or not.
        bool? endpoint = assessment.IsAccepted == true || assessment.AcceptedParent is not null || assessment.Probe?.Outcome == DirectSendProbeOutcome.Accepted ? true : dns.HasEndpoint;
        bool?[] endpoints = endpoint is null ? [true, false] : [endpoint];
        bool?[] signs = endpoint == true ? [null] : dns.HasSignOfMail is null ? [true, false] : [dns.HasSignOfMail];
        bool?[] unfronted = endpoint == false ? [null] : dns.Route == MailRoute.Unknown ? [true, false] : [assessment.IsUnfronted];
        bool?[] enforced = endpoint == false ? [null] : dns.IsEnforced is null ? [true, false] : [dns.IsEnforced];
        DirectSendJudgement[] possible =
        [
            .. from there in endpoints
               from sign in signs
               from direct in unfronted
               from stopped in enforced
               select ByDns(assessment, there == true, sign == true, direct == true, stopped == true),
        ];
        return possible.All(one => one.Verdict == possible[0].Verdict)
            ? possible[0]
            : new DirectSendJudgement(DirectSendVerdict.Unknown, Fill(Strings.DirectSend_ReasonLookupFailed, FailedQuery(dns)));
    }

    /// <summary>The look-up that failed first, with its type; empty where none did.</summary>
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
        string domain = assessment.Dns.Domain.ToString();
        switch (assessment.Probe?.Outcome)
        {
            case DirectSendProbeOutcome.DirectSendRejected:
                return new DirectSendJudgement(DirectSendVerdict.Protected, Fill(Strings.DirectSend_ReasonProbeRejected, domain));
            case DirectSendProbeOutcome.ConnectorRejected:
                return new DirectSendJudgement(DirectSendVerdict.Protected, Fill(Strings.DirectSend_ReasonProbeConnector, domain));
            case DirectSendProbeOutcome.Accepted when assessment.IsSenderRefused || assessment.IsLocked:
                return new DirectSendJudgement(DirectSendVerdict.PossiblyExposed, Fill(Strings.DirectSend_ReasonProbeContradicts, domain));
            default:
                return assessment.IsLocked
                    ? new DirectSendJudgement(DirectSendVerdict.Protected, Fill(Strings.DirectSend_ReasonLocked, domain, assessment.Locks.First().Name))
                    : assessment.IsRefusedBySwitch
                    ? new DirectSendJudgement(DirectSendVerdict.Protected, Fill(Strings.DirectSend_ReasonSwitch, domain))
                    : assessment.IsSenderRefused
                    ? new DirectSendJudgement(DirectSendVerdict.Protected, Fill(Strings.DirectSend_ReasonDomainLocked, domain, assessment.DomainLock?.Name))
                    : null;
        }
    }

    private static DirectSendJudgement ByDns(DirectSendAssessment assessment, bool hasEndpoint, bool hasSign, bool isUnfronted, bool isEnforced)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        string domain = dns.Domain.ToString();
        string host = dns.Endpoint?.Host ?? Strings.DirectSend_TheEndpoint;
        if (!hasEndpoint)
        {
            return hasSign
                ? new DirectSendJudgement(DirectSendVerdict.PossiblyExposed, Fill(Strings.DirectSend_ReasonSignsOnly, domain, dns.Signs))
                : new DirectSendJudgement(DirectSendVerdict.NotApplicable, Fill(Strings.DirectSend_ReasonNoEndpoint, domain));
        }

        if (assessment.Switch == true && assessment.OpenConnectors.FirstOrDefault() is { } open)
        {
            return new DirectSendJudgement(
                isEnforced && isUnfronted ? DirectSendVerdict.Mitigated : DirectSendVerdict.LikelyExposed,
                Fill(Strings.DirectSend_ReasonOpenConnector, domain, open.Name));
        }

        if (assessment.IsKnownOpen)
        {
            return isEnforced && isUnfronted
                ? new DirectSendJudgement(DirectSendVerdict.Mitigated, Fill(Strings.DirectSend_ReasonMitigated, domain, host, dns.EnforcedPolicy?.ToKeyword()))
                : new DirectSendJudgement(DirectSendVerdict.LikelyExposed, Fill(Strings.DirectSend_ReasonKnownOpen, domain, host));
        }

        if (assessment.WasAbused)
        {
            return new DirectSendJudgement(DirectSendVerdict.LikelyExposed, Fill(Strings.DirectSend_ReasonAbused, domain, host));
        }

        return isUnfronted && isEnforced
            ? new DirectSendJudgement(DirectSendVerdict.PossiblyExposed, Fill(Strings.DirectSend_ReasonEnforced, domain, host, dns.EnforcedPolicy?.ToKeyword()))
            : isUnfronted
            ? new DirectSendJudgement(DirectSendVerdict.LikelyExposed, Fill(Strings.DirectSend_ReasonNotEnforced, domain, host))
            : dns.Route == MailRoute.NotMicrosoft
            ? new DirectSendJudgement(DirectSendVerdict.PossiblyExposed, Fill(Strings.DirectSend_ReasonElsewhere, domain, host, dns.FrontHost))
            : new DirectSendJudgement(DirectSendVerdict.LikelyExposed, Fill(Strings.DirectSend_ReasonBehindGateway, domain, host, dns.FrontHost));
    }

    private static string Fill(string format, params object?[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
