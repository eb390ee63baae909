using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>Receivers say that the mail was forwarded, came through a list, or has an ARC chain that they trust.</summary>
internal sealed class OverrideRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        !facts.NearlyAllPass && facts.IsShareOfFailed(facts.Evidence.Forwarded, 25)
            ? facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyOverride, facts.Evidence.HeaderFrom, facts.Evidence.Forwarded)
                with { Remedy = Sentences.Fill(Strings.Sources_ForwarderRemedy, facts.Evidence.HeaderFrom) }
            : null;
}
