using Dmarc.Advice.Sources;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>Signed mail, and SPF does not speak against the source: the domain has no record, or a service signs with its own domain as well.</summary>
internal sealed class SigningSenderRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts.NearlyAllPass
            && ((!facts.IsShare(facts.Evidence.ForeignSpfPassed, 50) && !facts.IsShare(facts.Evidence.OwnSpfRefused, 50))
                || (facts.SignsForItself && facts.Service is not { IsShared: true } && facts.Evidence.Forwarded == 0))
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhySigning, facts.Evidence.HeaderFrom, facts.PassedText)
            : null;
}
