using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>A probe that says another thing than the settings, or nothing.</summary>
internal sealed class ProbeRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        if (assessment.Probe is not { } probe)
        {
            yield break;
        }

        if (probe.Outcome == DirectSendProbeOutcome.Accepted)
        {
            if (assessment.IsSenderRefused || assessment.IsLocked)
            {
                yield return DirectSendFindings.ProbeContradicts.Create(assessment.Dns.Domain, probe.Endpoint);
            }
        }
        else if (probe.Outcome is not (DirectSendProbeOutcome.DirectSendRejected or DirectSendProbeOutcome.ConnectorRejected))
        {
            yield return DirectSendFindings.ProbeInconclusive.Create(probe.Endpoint, probe.Outcome, probe.Reply);
        }
    }
}
