using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>More mail exchanges than an evaluation may look up.</summary>
internal sealed class TooManyMxRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective
            .Where(node => node.Term.Kind == SpfTermKind.Mx && node.IsBroken)
            .Select(node => node.Report(SpfFindings.TooManyMx, node.Facts.Response!.Records.Count));
}
