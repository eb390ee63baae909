using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>Mail that matches a connector is not Direct Send to the switch; a connector that anybody matches lets everybody pass.</summary>
internal sealed class BroadConnectorRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        foreach (InboundConnectorFacts connector in assessment.OpenConnectors)
        {
            yield return DirectSendFindings.ConnectorTooBroad.Create(connector.Name, connector.SenderDomains);
        }

        foreach (InboundConnectorFacts connector in (assessment.SettingsApply ? assessment.Tenant.Connectors : null) ?? PrintableList<InboundConnectorFacts>.Empty)
        {
            if (connector is { Enabled: true, Type: InboundConnectorType.Partner, IsForAllSenders: true, IsRestricted: false, TakesAnybody: false })
            {
                yield return DirectSendFindings.ConnectorNotRestricted.Create(connector.Name);
            }
        }
    }
}
