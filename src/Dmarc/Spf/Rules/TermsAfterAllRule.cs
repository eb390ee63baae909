using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Mechanisms that stand after <c>all</c>.</summary>
internal sealed class TermsAfterAllRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => !node.Facts.IsEffective && node.Term.IsMechanism)
            .Select(node => SpfFindings.TermsAfterAll.CreateAt(node.Term.Position, node.Term, node.Term.Position + 1, analysis.Record!.All));
}
