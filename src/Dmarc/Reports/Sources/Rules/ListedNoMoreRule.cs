using Dmarc.Advice.Sources;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>SPF passed for the From domain when the reports were made, and its record lacks the source today.</summary>
internal sealed class ListedNoMoreRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        SourceEvidence evidence = facts.Evidence;
        if (!facts.NearlyAllPass
            || facts.Resolved?.SpfCovers is not (SpfOutcome.Fail or SpfOutcome.SoftFail or SpfOutcome.Neutral)
            || !facts.IsShare(evidence.SpfAligned, 50)
            || !evidence.IsPassedAsFrom)
        {
            return null;
        }

        string remedy = facts.Service is { SpfDomains.Count: > 0 } service
            ? Sentences.Fill(Strings.Sources_ServiceInclude, evidence.HeaderFrom, service.SpfDomains[0])
            : Sentences.Fill(Strings.Sources_OwnNetworkRemedy, evidence.HeaderFrom, facts.SpfTerm);
        return facts.IsShare(evidence.DkimAligned, 98)
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListedNoMoreSigned, evidence.HeaderFrom, facts.PassedText) with { Remedy = remedy }
            : facts.Verdict(
                facts.Service is null ? SourceClass.OwnNetworkMissingFromSpf : SourceClass.KnownServiceNotAligned,
                Strings.Sources_WhyListedNoMore,
                evidence.HeaderFrom) with { Remedy = remedy, NeedsWork = true };
    }
}
