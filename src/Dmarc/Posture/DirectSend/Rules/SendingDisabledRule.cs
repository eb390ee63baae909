using Dmarc.Advice.DirectSend;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>Nobody in the tenant may send from the domain; who hands mail over at the endpoint does not ask.</summary>
internal sealed class SendingDisabledRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        if (assessment.IsSendingDisabled == true)
        {
            yield return DirectSendFindings.SendingDisabled.Create(assessment.Dns.Domain);
        }
    }
}
