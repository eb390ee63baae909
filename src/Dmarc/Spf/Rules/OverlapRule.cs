using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>Ranges of the domain's own record that another of its terms covers.</summary>
internal sealed class OverlapRule : ISpfRule
{
    /// <summary>More terms than this are compared with no others.</summary>
    private const int Most = 200;

    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        SpfNode[] nodes =
        [
            .. analysis.Tree.Roots
                .Where(node => node.Facts.IsEffective && node.Term is { Qualifier: SpfQualifier.Pass, IsMechanism: true, Kind: not SpfTermKind.All })
                .Take(Most),
        ];
        for (int index = 0; index < nodes.Length; index++)
        {
            SpfNode node = nodes[index];
            if (node.Term.Network is not AddressBlock block)
            {
                continue;
            }

            // Of two equal blocks only the later is called covered.
            SpfNode? cover = nodes.Where((other, at) => other != node
                && analysis.Coverage.MatchedBy(other.Facts).Covers(block)
                && (other.Term.Network != block || (at < index && other.Term.Text != node.Term.Text))).FirstOrDefault();
            if (cover is not null)
            {
                yield return node.Report(SpfFindings.Overlap, cover.Term);
            }
        }
    }
}
