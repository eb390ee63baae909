using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records that lead back to themselves.</summary>
internal sealed class IncludeLoopRule : ISpfRule
{
    private const int Most = 10;

    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective.Where(node => node.IsLoop).Take(Most).Select(node => node.Facts.Owner.Equals(node.Facts.Target, StringComparison.OrdinalIgnoreCase)
            ? node.Report(SpfFindings.IncludeSelf)
            : node.Report(SpfFindings.IncludeLoop, node.Facts.Target, node.Path));
}
