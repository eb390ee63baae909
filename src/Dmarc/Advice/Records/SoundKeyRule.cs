using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Says that a key is as it should be, so that the silence of the other rules is not taken for a look that was not had.</summary>
internal sealed class SoundKeyRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts is { Status: DkimKeyStatus.Valid, Key: { } key, IsFromWildcard: false }
            && facts.Selector != "*"
            && key.Findings.All(finding => finding.Severity == Severity.Information))
        {
            string algorithm = key.KeyType == DkimKeyType.Ed25519 ? "Ed25519" : "RSA";
            yield return DkimSelectorFindings.KeySound.Create(facts.Response.Name, algorithm, key.KeySize);
        }
    }
}
