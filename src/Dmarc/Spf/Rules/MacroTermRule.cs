using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>Terms that cannot be looked up without a message.</summary>
internal sealed class MacroTermRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective.Where(node => node.Facts.DependsOnMessage).Select(node => node.Report(SpfFindings.MacroTerm));
}
