using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>How the record ends, and what DMARC makes of it.</summary>
internal sealed class AllRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (analysis.Record is null)
        {
            yield break;
        }

        if (analysis.FinalAll is SpfNode all)
        {
            yield return all.Report(all.Term.Qualifier switch
            {
                SpfQualifier.Pass => SpfFindings.PassAll,
                SpfQualifier.Neutral => SpfFindings.NeutralAll,
                SpfQualifier.SoftFail => SpfFindings.SoftFailAll,
                _ => SpfFindings.FailAll,
            });
        }
        else if (!analysis.Effective.Any(node => node.Term.Kind == SpfTermKind.Redirect && !(node.Facts.Child?.IsUsable ?? false)))
        {
            yield return SpfFindings.AllMissing.Create(analysis.Domain);
        }
    }
}
