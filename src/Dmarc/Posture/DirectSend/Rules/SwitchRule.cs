using Dmarc.Advice.DirectSend;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>The switch RejectDirectSend: that it is off, or what it leaves open where it is on.</summary>
internal sealed class SwitchRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        if (assessment.Switch == false && !assessment.IsLocked && !assessment.IsSenderRefused)
        {
            yield return DirectSendFindings.SwitchOff.Create(assessment.Dns.Domain);
        }
        else if (assessment.Switch == true || assessment.IsSenderRefused)
        {
            yield return DirectSendFindings.SwitchLimits.Create(assessment.Dns.Domain);
        }
    }
}
