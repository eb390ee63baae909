using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>A connector that locks the endpoint belongs behind a gateway, and must be in force to do anything.</summary>
internal sealed class LockRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        if (!assessment.SettingsApply)
        {
            yield break;
        }

        if (assessment.Dns.Route == MailRoute.ExchangeOnlineDirect && assessment.Locks.FirstOrDefault() is { } stopping)
        {
            yield return DirectSendFindings.LockStopsMail.Create(assessment.Dns.Domain, stopping.Name);
        }

        InboundConnectorFacts? disabled = assessment.Tenant.Connectors?.FirstOrDefault(connector => !connector.Enabled && (connector with { Enabled = true }).IsLock);
        if (disabled is not null && !assessment.IsLocked && assessment.Dns.Route != MailRoute.ExchangeOnlineDirect)
        {
            yield return DirectSendFindings.LockDisabled.Create(disabled.Name);
        }
    }
}
