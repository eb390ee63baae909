using Dmarc.Advice.DirectSend;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>What the tenant says of DKIM against what DNS says: only where both agree are messages of the domain signed so that they pass.</summary>
internal sealed class DkimSigningRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        string domain = assessment.Dns.Domain.ToString();
        if (!assessment.SettingsApply || assessment.Tenant.DkimSigning is null || assessment.IsAccepted == false || assessment.IsSendingDisabled == true)
        {
            yield break;
        }

        if (assessment.DkimSigning is not { } signing)
        {
            yield return DirectSendFindings.DkimNotSetUp.Create(domain);
            yield break;
        }

        if (!signing.Enabled)
        {
            yield return DirectSendFindings.DkimOff.Create(domain);
        }

        bool isKnown = true;
        bool agrees = true;
        foreach ((string selector, string target) in new[] { ("selector1", signing.Selector1), ("selector2", signing.Selector2) })
        {
            if (target.Length == 0 || MicrosoftDomains.KindOf(assessment.Dns.Domain) != MicrosoftDomainKind.None)
            {
                continue;
            }

            DnsResponse? answer = assessment.Dns.DkimKeys.FirstOrDefault(key => key.Name.StartsWith(selector + "._domainkey.", StringComparison.OrdinalIgnoreCase));
            if (answer is null || (!answer.Status.IsAnswer() && answer.CnamePath.Count == 0))
            {
                isKnown = false;
                continue;
            }

            string found = answer.CnamePath.Count == 0 ? "" : answer.CnamePath[0].TrimEnd('.');
            if (string.Equals(found, target, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            agrees = false;
            string name = selector + "._domainkey." + domain;
            yield return found.Length > 0 ? DirectSendFindings.DkimOtherAlias.Create(name, found, target)
                : answer.Records.OfType<TxtRecord>().Any() ? DirectSendFindings.DkimNoAlias.Create(name, target)
                : DirectSendFindings.DkimAliasMissing.Create(name, target);
        }

        if (isKnown && agrees && signing.Status.Length > 0 && !string.Equals(signing.Status, "Valid", StringComparison.OrdinalIgnoreCase))
        {
            yield return DirectSendFindings.DkimStatusStale.Create(domain, signing.Status);
        }
    }
}
