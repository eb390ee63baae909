using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>A redirect that has no effect because of an <c>all</c>.</summary>
internal sealed class RedirectIgnoredRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => !node.Facts.IsEffective && node.Term.Kind == SpfTermKind.Redirect)
            .Select(node => SpfFindings.RedirectIgnored.CreateAt(node.Term.Position, node.Term, node.Term.Position + 1, analysis.Record!.All));
}
