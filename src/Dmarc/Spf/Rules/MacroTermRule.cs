using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Terms that cannot be looked up without a message.</summary>
internal sealed class MacroTermRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective.Where(node => node.Facts.DependsOnMessage).Select(node => node.Report(SpfFindings.MacroTerm));
}
