using Dmarc.Advice.Sources;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>Mail with the domain's signature from a network that is not the domain's: it was passed on.</summary>
internal sealed class SignedElsewhereRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        if (!facts.IsShare(facts.Evidence.DkimAligned, 50))
        {
            return null;
        }

        string format = facts.Service is not null ? Strings.Sources_WhySignedThrough
            : facts.IsShare(facts.Evidence.OwnSpfRefused, 50) ? Strings.Sources_WhySignedUnlisted
            : Strings.Sources_WhySignedElsewhere;
        return facts.Verdict(SourceClass.Forwarder, format, facts.Evidence.HeaderFrom, facts.PassedText, facts.ServiceName);
    }
}
