using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A service that only passes on mail.</summary>
internal sealed class ForwardingServiceRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts.Service is { IsForwarder: true }
            ? facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyForwardingService, facts.Evidence.HeaderFrom, facts.ServiceName)
                with { Remedy = facts.NearlyAllPass ? "" : Sentences.Fill(Strings.Sources_ForwarderRemedy, facts.Evidence.HeaderFrom) }
            : null;
}
