using Dmarc.Advice.DirectSend;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>SPF that passes whoever comes in at the endpoint undoes DMARC; Microsoft's own include passes its other customers.</summary>
internal sealed class SpfRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (dns.PassesAnybody && (dns.Endpoint is not null || dns.HasSignOfMail == true))
        {
            yield return DirectSendFindings.SpfPassesAnybody.Create(dns.Domain, dns.Spf.All);
        }

        if (dns.Endpoint is not null && dns.Signs.FirstOrDefault(sign => sign.Kind == TenantSignKind.SpfInclude) is { } include)
        {
            yield return DirectSendFindings.SharedSpf.Create(dns.Domain, include.Value);
        }
    }
}
