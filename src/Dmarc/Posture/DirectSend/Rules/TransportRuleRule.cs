using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Text;

namespace Dmarc.Posture.DirectSend.Rules;

/// <summary>Mail flow rules: those that look like a lock and are none, that stop all mail, and that let spoofs past the filter.</summary>
internal sealed class TransportRuleRule : IDirectSendRule
{
    public IEnumerable<Finding> Check(DirectSendAssessment assessment)
    {
        if (!assessment.SettingsApply || assessment.Tenant.TransportRules is not { } rules)
        {
            yield break;
        }

        foreach (TransportRuleFacts rule in rules)
        {
            if (rule.LetsSpoofsPass(assessment.Dns.Domain) && rule.IsInForce(assessment.Now))
            {
                yield return DirectSendFindings.RuleLetsSpoofsPass.Create(assessment.Dns.Domain, rule.Name);
            }
            else if (rule.IsLockFor(assessment.Dns.Domain))
            {
                if (!rule.IsInForce(assessment.Now))
                {
                    yield return DirectSendFindings.RuleNotInForce.Create(rule.Name, Describe(rule, assessment.Now));
                }
                else if (assessment.Dns.Route == MailRoute.ExchangeOnlineDirect || (rule.ExceptedRanges.Count == 0 && !rule.ExceptsHeader))
                {
                    yield return DirectSendFindings.RuleStopsMail.Create(assessment.Dns.Domain, rule.Name);
                }
            }
            else if (rule.IsNearlyLock && !assessment.IsLocked)
            {
                yield return DirectSendFindings.RuleHasHoles.Create(
                    rule.Name,
                    rule.Others.Count > 0 ? rule.Others.ToString() : "ExceptIfSenderIpRanges " + rule.ExceptedRanges);
            }
        }
    }

    private static string Describe(TransportRuleFacts rule, DateTime now) =>
        rule.Enabled != true ? rule.Enabled is null ? "State" : "State: Disabled"
        : rule.IsEnforced != true ? "Mode: Audit"
        : rule.Begins > now ? "ActivationDate: " + rule.Begins.Value.ToString("u", System.Globalization.CultureInfo.InvariantCulture)
        : "ExpiryDate: " + rule.Ends?.ToString("u", System.Globalization.CultureInfo.InvariantCulture);
}
