using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>What comes through a connector with TreatMessagesAsInternal is believed like mail from inside, spoofs too.</summary>
internal sealed class TreatedAsInternalRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment) =>
        ((assessment.SettingsApply ? assessment.Tenant.Connectors : null) ?? PrintableList<InboundConnectorFacts>.Empty)
            .Where(connector => connector is { Enabled: true, TreatsMessagesAsInternal: true })
            .Select(connector => DirectSendFindings.TreatedAsInternal.Create(connector.Name, connector.SenderDomains));
}
