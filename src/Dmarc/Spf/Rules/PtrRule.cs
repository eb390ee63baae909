using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>The mechanism that is not to be used.</summary>
internal sealed class PtrRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective.Where(node => node.Term.Kind == SpfTermKind.Ptr).Select(node => node.Report(SpfFindings.Ptr));
}
