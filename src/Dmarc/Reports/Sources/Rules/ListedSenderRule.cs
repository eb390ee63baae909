using Dmarc.Advice.Sources;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>The domain's SPF record lists the source, and next to all mail passes.</summary>
internal sealed class ListedSenderRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts.NearlyAllPass && facts.IsShare(facts.Evidence.SpfAligned, 50)
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListed, facts.Evidence.HeaderFrom, facts.PassedText)
            : null;
}
