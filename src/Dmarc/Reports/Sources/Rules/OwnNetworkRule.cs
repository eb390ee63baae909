using Dmarc.Advice.Sources;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A machine of the organisation's own that the SPF record lacks: by its name, its HELO, or its neighbours.</summary>
internal sealed class OwnNetworkRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        SourceEvidence evidence = facts.Evidence;
        if (!facts.IsOwnNetwork || facts.Service is { IsShared: true } or { IsForwarder: true } || facts.Resolved?.SpfCovers == SpfOutcome.Pass)
        {
            return null;
        }

        // A neighbour may be a stranger where hosts are let, so that more is asked for: the MAIL FROM has to be the domain's.
        bool refused = facts.IsShare(evidence.OwnSpfRefused, 50);
        bool named = facts.OwnName is not null || evidence.OwnHeloPassed > 0;
        if (!refused && (!named || facts.NearlyAllPass || facts.IsShare(evidence.ForeignSpfPassed, 50)))
        {
            return null;
        }

        string why = facts.OwnName is { } name ? Sentences.Fill(Strings.Sources_WhyOwnName, evidence.HeaderFrom, name)
            : evidence.OwnHeloPassed > 0 ? Sentences.Fill(Strings.Sources_WhyOwnHelo, evidence.HeaderFrom)
            : Sentences.Fill(Strings.Sources_WhyOwnNeighbour, evidence.HeaderFrom);
        return new SourceVerdict(
            SourceClass.OwnNetworkMissingFromSpf,
            facts.ServiceName,
            why,
            Sentences.Fill(Strings.Sources_OwnNetworkRemedy, evidence.HeaderFrom, facts.SpfTerm))
        {
            NeedsWork = evidence.Failed > 0,
        };
    }
}
