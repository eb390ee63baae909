using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records that are included more than once.</summary>
internal sealed class IncludeTwiceRule : ISpfRule
{
    private const int Most = 10;

    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.MeetsTwice ? Find(analysis) : [];

    private static IEnumerable<Finding> Find(SpfAnalysis analysis) =>
        analysis.Effective
            .Where(node => node is { LeadsOn: true, IsLoop: false, Facts.Child: not null })
            .GroupBy(node => node.Facts.Child!.Domain, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .Take(Most)
            .Select(group => SpfFindings.IncludeTwice.Create(group.Key, SpfNode.Places([.. group])));
}
