using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>The same mechanism twice in the domain's own record.</summary>
internal sealed class DuplicateTermRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => node.Term.IsMechanism)
            .GroupBy(node => node.Term.Text.TrimStart('+'), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Take(2).ToArray())
            .Select(pair => SpfFindings.DuplicateTerm.CreateAt(pair[1].Term.Position, pair[0].Term, pair[0].Term.Position + 1, pair[1].Term.Position + 1));
}
