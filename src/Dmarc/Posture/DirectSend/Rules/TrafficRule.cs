using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>Who was seen to send that way: spoofs, and senders that closing the door would stop.</summary>
internal sealed class TrafficRule : IDirectSendRule
{
    private const int MaximumNamed = 5;

    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendEvidence[] spoofs = Of(assessment, EvidenceVerdict.Spoof);
        DirectSendEvidence[] stopped = Array.FindAll(spoofs, one => one.IsStoppedBySwitch != false);
        DirectSendEvidence[] others = Array.FindAll(spoofs, one => one.IsStoppedBySwitch == false);
        DirectSendEvidence[] legitimate = [.. assessment.Evidence.Where(one => one.NeedsConnector)];
        if (stopped.Length > 0)
        {
            yield return Create(DirectSendFindings.SpoofSeen, assessment, stopped);
        }

        if (others.Length > 0)
        {
            yield return Create(DirectSendFindings.HeaderSpoofSeen, assessment, others);
        }

        if (assessment.UnjudgedMessages > 0)
        {
            yield return DirectSendFindings.EvidenceCut.Create(assessment.Dns.Domain, assessment.UnjudgedMessages);
        }

        DirectSendEvidence[] relayed = [.. assessment.Evidence.Where(one => one.NeedsGatewayConnector)];
        if (relayed.Length > 0)
        {
            yield return Create(DirectSendFindings.GatewaySeen, assessment, relayed);
        }

        if (legitimate.Length > 0)
        {
            yield return Create(DirectSendFindings.LegitimateSeen, assessment, legitimate);
        }
    }

    private static DirectSendEvidence[] Of(DirectSendAssessment assessment, EvidenceVerdict verdict) =>
        [.. assessment.Evidence.Where(one => one.Verdict == verdict)];

    private static Finding Create(FindingDescriptor descriptor, DirectSendAssessment assessment, DirectSendEvidence[] evidence)
    {
        string[] sources = [.. evidence.Select(one => one.SourceIP.Length == 0 ? Strings.DirectSend_UnknownAddress : one.SourceIP).Distinct()];
        string named = string.Join(", ", sources.Take(MaximumNamed)) + (sources.Length > MaximumNamed ? ", …" : "");
        return descriptor.Create(assessment.Dns.Domain, evidence.Sum(one => one.Count), named);
    }
}
