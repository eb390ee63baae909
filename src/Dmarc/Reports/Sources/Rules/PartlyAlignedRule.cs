using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A source that the SPF record lists, of whose mail a part does not align.</summary>
internal sealed class PartlyAlignedRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        !facts.NearlyAllPass && facts.IsShare(facts.Evidence.SpfAligned, 5)
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyPartly, facts.Evidence.HeaderFrom, facts.PassedText) with
            {
                Remedy = Sentences.Fill(Strings.Sources_PartlyRemedy, facts.Evidence.HeaderFrom),
                NeedsWork = true,
            }
            : null;
}
