using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>The limit of ten look-ups, passed or near.</summary>
internal sealed class LookupLimitRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (analysis.Tree.Lookups > SpfLimits.Lookups)
        {
            SpfNode over = analysis.Effective.First(node => node.Term.CountsAsLookup && node.CumulativeLookups - node.TotalLookups >= SpfLimits.Lookups);
            yield return SpfFindings.TooManyLookups.Create(analysis.Domain, analysis.Tree.Lookups, over.Place);
        }
        else if (analysis.Tree.Lookups >= SpfLimits.LookupsToWarn)
        {
            yield return SpfFindings.NearLookupLimit.Create(analysis.Domain, analysis.Tree.Lookups);
        }
    }
}
