using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Several records at one selector: a verifier may try any of them, or none.</summary>
internal sealed class SeveralKeysRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts.KeyCount > 1)
        {
            yield return DkimSelectorFindings.SeveralKeys.Create(facts.Response.Name, facts.KeyCount);
        }
    }
}
