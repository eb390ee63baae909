using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>An included record that lets the whole Internet pass.</summary>
internal sealed class IncludePassesAllRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective
            .Where(node => node.Term is { Kind: SpfTermKind.Include, Qualifier: SpfQualifier.Pass }
                && node.Facts.Child is { IsUsable: true } child
                && SpfCoverage.IsInternet(analysis.Coverage.PassedBy(child)))
            .Select(node => node.Report(SpfFindings.IncludePassesAll, node.Facts.Target));
}
