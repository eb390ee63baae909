using Dmarc.Advice.DirectSend;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>An MX record points to an endpoint that is not there: mail bounces, and whoever adds the domain to a tenant may get the name.</summary>
internal sealed class DanglingEndpointRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment) => assessment.Dns.Endpoints
        .Where(endpoint => endpoint.Source == EndpointSource.MailExchange && endpoint.Status.IsVoid())
        .Select(endpoint => DirectSendFindings.DanglingEndpoint.Create(assessment.Dns.Domain, endpoint.Host, endpoint.Status));
}
