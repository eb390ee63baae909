using Dmarc.Catalogue;
using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>An alias that leads to no key.</summary>
internal sealed class DanglingRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts.Status != DkimKeyStatus.Dangling || facts.Target is not { } target)
        {
            yield break;
        }

        // Microsoft publishes a key at the target only once signing is switched on for the domain.
        bool isMicrosoft = DkimSelectorCatalogue.Default.FindServiceByTarget(target) == DkimSelectorCatalogue.Microsoft365;
        yield return (isMicrosoft ? DkimSelectorFindings.MicrosoftDangling : DkimSelectorFindings.TargetDangling)
            .Create(facts.Response.Name, target, facts.Domain.Domain);
    }
}
