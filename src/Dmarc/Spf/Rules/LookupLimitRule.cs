using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>The limit of ten look-ups, passed or near.</summary>
internal sealed class LookupLimitRule : ISpfRule
{
    private const int Limit = 10;
    private const int Near = Limit - 2;

    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (analysis.Tree.Lookups > Limit)
        {
            SpfNode over = analysis.Effective.First(node => node.Term.CountsAsLookup && node.CumulativeLookups - node.TotalLookups >= Limit);
            yield return SpfFindings.TooManyLookups.Create(analysis.Domain, analysis.Tree.Lookups, over.Place);
        }
        else if (analysis.Tree.Lookups > Near)
        {
            yield return SpfFindings.NearLookupLimit.Create(analysis.Domain, analysis.Tree.Lookups);
        }
    }
}
