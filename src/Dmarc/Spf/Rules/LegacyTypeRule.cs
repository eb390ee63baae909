using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records of the abandoned type SPF, and whether they say something else.</summary>
internal sealed class LegacyTypeRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        TxtRecord[] records = [.. (analysis.LegacyResponse?.Records ?? PrintableList<DnsRecord>.Empty).OfType<TxtRecord>()];
        if (records.Length > 0)
        {
            bool differs = !records.Select(record => record.Text).SequenceEqual(analysis.Root.Texts);
            yield return SpfFindings.TypeSpfLeftover.Create(analysis.Domain, analysis.Root.Texts.Count == 0 ? Strings.Spf_LegacyAlone : differs ? Strings.Spf_LegacyDiffers : "");
        }
    }
}
