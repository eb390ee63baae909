namespace Dmarc.Reports.Sources.Rules;

/// <summary>The domain's signature arrives broken, and the envelope is somebody else's: a list, or a forwarder that changes mail.</summary>
internal sealed class BrokenSignatureRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts.IsShareOfFailed(facts.Evidence.BrokenSignature, 50)
            ? facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyBrokenSignature, facts.Evidence.HeaderFrom)
                with { Remedy = Sentences.Fill(Strings.Sources_ForwarderRemedy, facts.Evidence.HeaderFrom) }
            : null;
}
