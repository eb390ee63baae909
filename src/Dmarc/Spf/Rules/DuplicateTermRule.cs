using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>The same mechanism twice in the domain's own record.</summary>
internal sealed class DuplicateTermRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        MayRepeat(analysis.Tree.Roots) ? Find(analysis) : [];

    private static bool MayRepeat(List<SpfNode> nodes)
    {
        HashSet<string> texts = new(StringComparer.OrdinalIgnoreCase);
        foreach (SpfNode node in nodes)
        {
            if (!texts.Add(node.Term.Text.TrimStart('+')))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Finding> Find(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => node.Term.IsMechanism)
            .GroupBy(node => node.Term.Text.TrimStart('+'), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Take(2).ToArray())
            .Select(pair => SpfFindings.DuplicateTerm.CreateAt(pair[1].Term.Position, pair[0].Term, pair[0].Term.Position + 1, pair[1].Term.Position + 1));
}
