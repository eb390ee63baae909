using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>
/// Mail that fails though SPF or DKIM passes for a domain of the organisation: only strict alignment, or a receiver that draws the
/// organisation's border elsewhere, makes it fail. Nobody else can send it.
/// </summary>
internal sealed class PassedUnalignedRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        !facts.NearlyAllPass && facts.IsShareOfFailed(facts.Evidence.PassedUnaligned, 25)
            ? facts.Verdict(SourceClass.KnownServiceNotAligned, Strings.Sources_WhyPassedUnaligned, facts.Evidence.HeaderFrom) with
            {
                Remedy = Sentences.Fill(Strings.Sources_PassedUnalignedRemedy, facts.Evidence.HeaderFrom),
                NeedsWork = true,
            }
            : null;
}
