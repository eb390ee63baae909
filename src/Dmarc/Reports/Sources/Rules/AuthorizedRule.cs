using Dmarc.Advice.Sources;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A source that the domain's SPF record lists, though no service is known there, whose mail does not align.</summary>
internal sealed class AuthorizedRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        !facts.NearlyAllPass && facts.Service is null && facts.Resolved?.SpfCovers == SpfOutcome.Pass
            ? facts.Verdict(SourceClass.KnownServiceNotAligned, Strings.Sources_WhyAuthorized, facts.Evidence.HeaderFrom) with
            {
                Remedy = Sentences.Fill(Strings.Sources_AuthorizedRemedy, facts.Evidence.HeaderFrom),
                NeedsWork = true,
            }
            : null;
}
