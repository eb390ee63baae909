using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend;

/// <summary>The rules that compare a tenant's settings with DNS, mail and a probe.</summary>
internal static class DirectSendEvidenceRules
{
    private const int MaximumNamed = 5;

    /// <summary>Compares the tenant's DKIM settings with DNS: only if both agree do signatures pass.</summary>
    public static IEnumerable<Finding> DkimSigning(DirectSendAssessment assessment)
    {
        string domain = assessment.Dns.Domain.ToString();
        if (!assessment.IsSigningKnown)
        {
            yield break;
        }

        if (assessment.DkimSigning is not { } signing)
        {
            yield return DirectSendFindings.DkimNotSetUp.Create(domain);
            yield break;
        }

        if (!signing.Enabled)
        {
            yield return DirectSendFindings.DkimOff.Create(domain);
        }

        bool isKnown = true;
        bool agrees = true;
        foreach ((string selector, string target) in new[] { ("selector1", signing.Selector1), ("selector2", signing.Selector2) })
        {
            if (target.Length == 0 || MicrosoftDomains.KindOf(assessment.Dns.Domain) != MicrosoftDomainKind.None)
            {
                continue;
            }

            DnsResponse? answer = assessment.Dns.DkimKeys.FirstOrDefault(key =>
                key.Name.StartsWith(selector + "._domainkey.", StringComparison.OrdinalIgnoreCase));
            if (answer is null || (!answer.Status.IsAnswer() && answer.CnamePath.Count == 0))
            {
                isKnown = false;
                continue;
            }

            string found = answer.CnamePath.Count == 0 ? "" : answer.CnamePath[0].TrimEnd('.');
            if (string.Equals(found, target, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            agrees = false;
            string name = selector + "._domainkey." + domain;
            yield return found.Length > 0 ? DirectSendFindings.DkimOtherAlias.Create(name, found, target)
                : answer.Records.OfType<TxtRecord>().Any() ? DirectSendFindings.DkimNoAlias.Create(name, target)
                : DirectSendFindings.DkimAliasMissing.Create(name, target);
        }

        if (isKnown && agrees && signing.Status.Length > 0 && !string.Equals(signing.Status, "Valid", StringComparison.OrdinalIgnoreCase))
        {
            yield return DirectSendFindings.DkimStatusStale.Create(domain, signing.Status);
        }
    }

    /// <summary>Observed senders: spoofs, and legitimate senders that closing the endpoint would stop.</summary>
    public static IEnumerable<Finding> Traffic(DirectSendAssessment assessment) =>
        new[]
        {
            Describe(
                DirectSendFindings.SpoofSeen,
                assessment,
                one => one is { Verdict: EvidenceVerdict.Spoof, IsStoppedBySwitch: not false }),
            Describe(
                DirectSendFindings.HeaderSpoofSeen,
                assessment,
                one => one is { Verdict: EvidenceVerdict.Spoof, IsStoppedBySwitch: false }),
            assessment.UnjudgedMessages > 0
                ? DirectSendFindings.EvidenceCut.Create(assessment.Dns.Domain, assessment.UnjudgedMessages)
                : null,
            Describe(DirectSendFindings.GatewaySeen, assessment, one => one.NeedsGatewayConnector),
            Describe(DirectSendFindings.LegitimateSeen, assessment, one => one.NeedsConnector),
        }.OfType<Finding>();

    /// <summary>A probe that contradicts the settings, or is inconclusive.</summary>
    public static Finding? Probe(DirectSendAssessment assessment) => assessment.Probe switch
    {
        null or { Outcome: DirectSendProbeOutcome.DirectSendRejected or DirectSendProbeOutcome.ConnectorRejected } =>
            null,
        { Outcome: DirectSendProbeOutcome.Accepted, Endpoint: var endpoint } =>
            assessment.IsSenderRefused || assessment.IsLocked
            ? DirectSendFindings.ProbeContradicts.Create(assessment.Dns.Domain, endpoint)
            : null,
        { } probe => DirectSendFindings.ProbeInconclusive.Create(probe.Endpoint, probe.Outcome, probe.Reply),
    };

    /// <summary>A finding about one kind of evidence; null if there is none.</summary>
    private static Finding? Describe(FindingDescriptor descriptor, DirectSendAssessment assessment, Func<DirectSendEvidence, bool> isMeant)
    {
        DirectSendEvidence[] evidence = [.. assessment.Evidence.Where(isMeant)];
        string[] sources =
            [.. evidence.Select(one => one.SourceIP.Length == 0 ? Strings.DirectSend_UnknownAddress : one.SourceIP).Distinct()];
        string named = string.Join(", ", sources.Take(MaximumNamed)) + (sources.Length > MaximumNamed ? ", …" : "");
        return evidence.Length == 0 ? null : descriptor.Create(assessment.Dns.Domain, evidence.Sum(one => one.Count), named);
    }
}
