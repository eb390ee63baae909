using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A selector that was asked for and is not there, or about which nothing is known.</summary>
internal sealed class LookupRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (!facts.Response.Status.IsAnswer())
        {
            yield return DkimSelectorFindings.LookupFailed.Create(facts.Response.Name, facts.Response.Status);
        }
        else if (facts.IsAsked && !facts.IsThere)
        {
            yield return DkimSelectorFindings.NotFound.Create(facts.Response.Name, facts.Selector, facts.Domain.Domain);
        }
    }
}
