using Dmarc.Posture.DirectSend.Rules;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>Looks at what is known of a domain and tells what a reader should know.</summary>
internal interface IDirectSendRule
{
    IEnumerable<Finding> Check(DirectSendAssessment assessment);
}

/// <summary>Every rule about Direct Send.</summary>
internal static class DirectSendRules
{
    public static readonly IDirectSendRule[] All =
    [
        new LookupFailedRule(),
        new BehindGatewayRule(),
        new SeveralEndpointsRule(),
        new DanglingEndpointRule(),
        new PolicyRule(),
        new SpfRule(),
        new SwitchRule(),
        new AcceptedDomainRule(),
        new BroadConnectorRule(),
        new LockRule(),
        new TransportRuleRule(),
        new TreatedAsInternalRule(),
        new DkimSigningRule(),
        new SendingDisabledRule(),
        new TrafficRule(),
        new ProbeRule(),
    ];

    /// <summary>The findings of all rules, the gravest first.</summary>
    public static PrintableList<Finding> Check(DirectSendAssessment assessment) =>
        All.SelectMany(rule => rule.Check(assessment)).OrderByDescending(finding => finding.Severity).ToPrintableList();
}
