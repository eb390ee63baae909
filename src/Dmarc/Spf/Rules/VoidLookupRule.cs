using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>Look-ups that find nothing: each of them, too many of them, and those of IPv6 senders.</summary>
internal sealed class VoidLookupRule : ISpfRule
{
    private const int Limit = 2;

    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        SpfNode[] nodes = Array.FindAll(analysis.Effective, node => node.Voids.Count > 0);
        int count = nodes.Sum(node => node.Voids.Count);
        if (count > Limit)
        {
            yield return SpfFindings.TooManyVoidLookups.Create(analysis.Domain, count, SpfNode.Places(nodes));
        }

        foreach (SpfNode node in nodes.Where(node => !node.LeadsOn))
        {
            string names = string.Join(", ", node.Voids.Select(response => response.Name + " " + response.Status));
            yield return node.Report(SpfFindings.VoidLookup, names);
        }

        int withIPv6 = count + analysis.Effective.Sum(node => node.VoidsIPv6.Count);
        if (count <= Limit && withIPv6 > Limit)
        {
            yield return SpfFindings.VoidLookupsIPv6.Create(
                analysis.Domain,
                withIPv6,
                SpfNode.Places([.. analysis.Effective.Where(node => node.Voids.Count + node.VoidsIPv6.Count > 0)]));
        }
    }
}
