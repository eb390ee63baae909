using Dmarc.Advice.Sources;
using Dmarc.Standards.Spf;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>The SPF record lacked the source when the reports were made, and has it today.</summary>
internal sealed class ListedSinceRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts) =>
        facts.Resolved?.SpfCovers == SpfOutcome.Pass && facts.IsShare(facts.Evidence.OwnSpfRefused, 50) && facts.Evidence.IsRefusedAsFrom
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListedSince, facts.Evidence.HeaderFrom)
            : null;
}
