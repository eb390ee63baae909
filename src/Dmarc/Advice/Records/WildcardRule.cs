using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A wildcard answers for every selector.</summary>
internal sealed class WildcardRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts.Selector == "*")
        {
            yield return (facts.Status == DkimKeyStatus.Revoked ? DkimSelectorFindings.WildcardRevoked : DkimSelectorFindings.Wildcard)
                .Create(facts.Domain.WildcardName);
        }
        else if (facts.IsNobodys)
        {
            yield return DkimSelectorFindings.WildcardOther.Create(facts.Domain.WildcardName, facts.Domain.Domain);
        }
        else if (facts.IsFromWildcard)
        {
            yield return DkimSelectorFindings.FromWildcard.Create(facts.Response.Name, facts.Domain.WildcardName);
        }
    }
}
