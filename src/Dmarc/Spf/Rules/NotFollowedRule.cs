using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records that lead on further than anything that a receiver would follow.</summary>
internal sealed class NotFollowedRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (analysis.IsIncomplete || analysis.Tree.IsCut)
        {
            yield return SpfFindings.NotFollowed.Create(analysis.Domain, analysis.Tree.All.Count);
        }
    }
}
