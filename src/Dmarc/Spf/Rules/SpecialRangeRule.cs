using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Addresses of the domain's own records from which no mail can come over the Internet.</summary>
internal sealed class SpecialRangeRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        HashSet<string> told = [];
        foreach (SpfNode node in analysis.Own.Where(node => node.Term.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.A or SpfTermKind.Mx))
        {
            foreach (AddressBlock block in analysis.Coverage.BlocksOf(analysis.Coverage.MatchedBy(node.Facts)))
            {
                SpecialRange? range = SpecialRange.Find(block);
                // Addresses for examples mean that the record is one: that need not be said of each of them.
                if (range is not null && (range.Purpose != Strings.Spf_RangeDocumentation || told.Add(range.Purpose)))
                {
                    yield return node.Report(SpfFindings.SpecialRange, block, range.Block, range.Purpose);
                }
            }
        }
    }
}
