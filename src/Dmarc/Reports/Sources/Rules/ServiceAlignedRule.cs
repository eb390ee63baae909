using Dmarc.Advice.Sources;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A service that signs with the domain; its MAIL FROM may stay its own, for one of both is enough.</summary>
internal sealed class ServiceAlignedRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts is { NearlyAllPass: true, Service: { IsShared: false } service }
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyServiceAligned, facts.Evidence.HeaderFrom, service.Name, facts.PassedText)
            : null;
}
