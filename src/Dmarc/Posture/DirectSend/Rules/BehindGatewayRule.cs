using Dmarc.Advice.DirectSend;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>An endpoint behind a gateway can be reached by its name, past the gateway, unless a connector locks it.</summary>
internal sealed class BehindGatewayRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (assessment.IsEndpointDoubtful != true && dns.Route is MailRoute.ThirdPartyGateway or MailRoute.Hybrid or MailRoute.Mixed && dns.Endpoint is { } endpoint && !assessment.IsLocked)
        {
            yield return DirectSendFindings.BehindGateway.Create(dns.Domain, dns.FrontService ?? dns.FrontHost, endpoint.Host);
        }
    }
}
