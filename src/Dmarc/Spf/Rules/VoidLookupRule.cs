using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Look-ups that find nothing: each of them, too many of them, and those of IPv6 senders.</summary>
internal sealed class VoidLookupRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        SpfNode[] nodes = Array.FindAll(analysis.Effective, node => node.Voids.Count + node.VoidsIPv4.Count > 0);
        int both = nodes.Sum(node => node.Voids.Count);
        int count = both + nodes.Sum(node => node.VoidsIPv4.Count);
        if (count > SpfLimits.VoidLookups)
        {
            yield return SpfFindings.TooManyVoidLookups.Create(analysis.Domain, count, SpfNode.Places(nodes));
        }

        foreach (SpfNode node in nodes.Where(node => !node.LeadsOn && node.Voids.Count > 0))
        {
            string names = string.Join(", ", node.Voids.Select(response => response.Name + " " + response.Status));
            yield return node.Report(SpfFindings.VoidLookup, names);
        }

        foreach (SpfNode node in nodes.Where(node => node.VoidsIPv4.Count > 0))
        {
            yield return node.Report(SpfFindings.VoidLookupIPv4, string.Join(", ", node.VoidsIPv4));
        }

        int withIPv6 = both + analysis.Effective.Sum(node => node.VoidsIPv6.Count);
        if (count <= SpfLimits.VoidLookups && withIPv6 > SpfLimits.VoidLookups)
        {
            yield return SpfFindings.VoidLookupsIPv6.Create(
                analysis.Domain,
                withIPv6,
                SpfNode.Places([.. analysis.Effective.Where(node => node.Voids.Count + node.VoidsIPv6.Count > 0)]));
        }
    }
}
