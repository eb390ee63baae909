using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Ranges of the domain's own records that are wider than /16, or /32 for IPv6.</summary>
internal sealed class WideRangeRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        foreach (SpfNode node in analysis.Own.Where(node => node.Term.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.A or SpfTermKind.Mx
            && node.Term.Qualifier == SpfQualifier.Pass))
        {
            foreach (AddressBlock block in analysis.Coverage.BlocksOf(analysis.Coverage.MatchedBy(node.Facts)))
            {
                if (block.PrefixLength < (block.IsIPv6 ? 32 : 16))
                {
                    yield return node.Report(SpfFindings.WideRange, block, block.AddressCount.ToString("N0", CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
