using Dmarc.Advice.DirectSend;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>A look-up failed, so that something is not known; whether it decides, the verdict tells.</summary>
internal sealed class LookupFailedRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        foreach (DnsResponse failure in assessment.Dns.Failures)
        {
            yield return DirectSendFindings.LookupFailed.Create(failure.Type + " " + failure.Name, failure.Status);
        }

        foreach (DmarcWalkStep step in assessment.Dns.Dmarc.Walk.Where(step => !step.Status.IsAnswer()))
        {
            yield return DirectSendFindings.LookupFailed.Create("TXT " + step.QueryName, step.Status);
        }
    }
}
