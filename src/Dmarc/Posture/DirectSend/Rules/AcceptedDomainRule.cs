using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>The switch looks at accepted domains only: what is none, and what is below one, it lets pass.</summary>
internal sealed class AcceptedDomainRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (assessment.IsAccepted == false)
        {
            if (assessment.AcceptedParent is not null || dns.HasEndpoint == true)
            {
                yield return DirectSendFindings.NotAccepted.Create(dns.Domain);
            }

            yield break;
        }

        AcceptedDomainFacts? accepted = assessment.Tenant.AcceptedDomains?.FirstOrDefault(one => one.Accepts(dns.Domain));
        if (accepted is { MatchesSubdomains: false })
        {
            yield return DirectSendFindings.SubdomainsNotCovered.Create(dns.Domain);
        }
    }
}
