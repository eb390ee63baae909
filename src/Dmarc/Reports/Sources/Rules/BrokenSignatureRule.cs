using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>
/// The domain's signature arrives broken, and the envelope is somebody else's: a list, or a forwarder that changes mail. A
/// sending service with addresses of its own rather has a key that is not right.
/// </summary>
internal sealed class BrokenSignatureRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        !facts.NearlyAllPass && facts.IsShareOfFailed(facts.Evidence.BrokenSignature, 50) && facts.Service is null or { IsShared: true }
            ? facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyBrokenSignature, facts.Evidence.HeaderFrom)
                with { Remedy = Sentences.Fill(Strings.Sources_ForwarderRemedy, facts.Evidence.HeaderFrom) }
            : null;
}
