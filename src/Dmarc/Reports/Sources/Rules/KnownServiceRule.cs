using Dmarc.Advice.Sources;
using Dmarc.Catalogue;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>A known service whose mail passes for its own domains only, or for none: what to set up there.</summary>
internal sealed class KnownServiceRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        // Mail that keeps its signature on the way through a mailbox provider was forwarded there.
        if (facts.NearlyAllPass
            || facts.Service is not { } service
            || (service.IsShared && facts.IsShare(facts.Evidence.DkimAligned, 50) && !facts.IsShare(facts.Evidence.SpfAligned, 5)))
        {
            return null;
        }

        SourceEvidence evidence = facts.Evidence;
        string why = Sentences.Fill(
            evidence.Passed > 0 ? Strings.Sources_WhyServicePartly
                : facts.IsShare(evidence.OwnSpfRefused, 50) ? Strings.Sources_WhyServiceUnlisted
                : Strings.Sources_WhyService,
            evidence.HeaderFrom,
            service.Name,
            facts.PassedText);
        return new SourceVerdict(SourceClass.KnownServiceNotAligned, service.Name, why, Remedy(facts, service)) { NeedsWork = true };
    }

    private static string Remedy(SourceFacts facts, SendingService service)
    {
        string from = facts.Evidence.HeaderFrom;
        string signing = service.SigningSetUp.Length > 0
            ? Sentences.Fill(Strings.Sources_ServiceSigning, from, service.Name, service.SigningSetUp)
            : Sentences.Fill(Strings.Sources_ServiceSigningUnknown, from, service.Name);
        string returnPath = service.ReturnPath switch
        {
            CustomReturnPath.Possible => Sentences.Fill(Strings.Sources_ServiceReturnPath, from, service.ReturnPathSetUp),
            CustomReturnPath.Always when facts.Resolved?.SpfCovers == SpfOutcome.Pass || service.SpfDomains.Count == 0 => "",
            CustomReturnPath.Always => Sentences.Fill(Strings.Sources_ServiceInclude, from, service.SpfDomains[0]),
            CustomReturnPath.NotPossible => Strings.Sources_ServiceNoReturnPath,
            _ => "",
        };
        return returnPath.Length == 0 ? signing : signing + " " + returnPath;
    }
}
