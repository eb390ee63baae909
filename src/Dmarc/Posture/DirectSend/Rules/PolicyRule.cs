using Dmarc.Advice.DirectSend;
using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>What a spoof that comes in at the endpoint meets there is DMARC, as far as it is published and Microsoft acts on it.</summary>
internal sealed class PolicyRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (dns.Endpoint is null || dns.IsEnforced is null || dns.PassesAnybody)
        {
            yield break;
        }

        if (dns.IsEnforced == false)
        {
            yield return DirectSendFindings.PolicyNotEnforced.Create(dns.Domain, Describe(dns.Dmarc));
        }
        else if (!assessment.IsUnfronted && !assessment.IsLocked)
        {
            yield return DirectSendFindings.PolicyBehindGateway.Create(dns.Domain, dns.EnforcedPolicy?.ToKeyword());
        }
    }

    private static string Describe(DmarcRecordResult dmarc) => dmarc.EffectivePolicy is not { } policy
        ? Strings.DirectSend_NoDmarcPolicy
        : dmarc.Testing == true ? dmarc.PolicyTag + "=" + policy.ToKeyword() + ", t=y"
        : dmarc.Percentage < 100 ? dmarc.PolicyTag + "=" + policy.ToKeyword() + ", pct=" + dmarc.Percentage
        : dmarc.PolicyTag + "=" + policy.ToKeyword();
}
