using Dmarc.Diagnostics;

namespace Dmarc.Dkim.Selectors;

/// <summary>A wildcard answers for every selector.</summary>
internal sealed class WildcardRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts.Selector == "*")
        {
            yield return (facts.Status == DkimKeyStatus.Revoked ? DkimSelectorFindings.WildcardRevoked : DkimSelectorFindings.Wildcard)
                .Create("*._domainkey." + facts.Domain.Domain);
        }
        else if (facts.IsFromWildcard)
        {
            yield return DkimSelectorFindings.FromWildcard.Create(facts.Response.Name, "*._domainkey." + facts.Domain.Domain);
        }
    }
}
