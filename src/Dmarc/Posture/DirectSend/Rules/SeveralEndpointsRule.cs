using Dmarc.Advice.DirectSend;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>A tenant takes mail under several names: all of them are ways in.</summary>
internal sealed class SeveralEndpointsRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendEndpoint? exchange = assessment.Dns.Endpoints.FirstOrDefault(endpoint => endpoint is { Source: EndpointSource.MailExchange, Resolves: true });
        foreach (DirectSendEndpoint endpoint in assessment.Dns.Endpoints.Where(endpoint => endpoint.Resolves == true))
        {
            if (endpoint.Source == EndpointSource.Derived && exchange is not null)
            {
                yield return DirectSendFindings.SecondEndpoint.Create(assessment.Dns.Domain, exchange.Host, endpoint.Host);
            }
            else if (endpoint.Source == EndpointSource.TenantDomain)
            {
                yield return DirectSendFindings.TenantEndpoint.Create(assessment.Dns.Domain, endpoint.Host);
            }
        }
    }
}
