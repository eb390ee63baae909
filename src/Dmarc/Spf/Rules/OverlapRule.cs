using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

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

            if (FindCover(analysis.Coverage, nodes, index, block) is SpfNode cover)
            {
                yield return node.Report(SpfFindings.Overlap, cover.Term);
            }
        }
    }

    /// <summary>Of two equal blocks only the later is called covered.</summary>
    private static SpfNode? FindCover(SpfCoverage coverage, SpfNode[] nodes, int index, AddressBlock block)
    {
        for (int at = 0; at < nodes.Length; at++)
        {
            SpfNode other = nodes[at];
            if (at != index
                && (other.Term.Network is not AddressBlock known || known != block || (at < index && other.Term.Text != nodes[index].Term.Text))
                && coverage.MatchedBy(other.Facts).Covers(block))
            {
                return other;
            }
        }

        return null;
    }
}
