using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>How the record ends, and what DMARC makes of it.</summary>
internal sealed class AllRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (analysis.Record is null || !SpfRecord.IsSpf(analysis.Record.Text))
        {
            yield break;
        }

        if (analysis.FinalAll is SpfTermFacts all)
        {
            FindingDescriptor descriptor = all.Term.Qualifier switch
            {
                SpfQualifier.Pass => SpfFindings.PassAll,
                SpfQualifier.Neutral => SpfFindings.NeutralAll,
                SpfQualifier.SoftFail => SpfFindings.SoftFailAll,
                _ => SpfFindings.FailAll,
            };
            int? position = all.Owner == analysis.Domain ? all.Term.Position : null;
            yield return descriptor.CreateAt(position, all.Term.Text, all.Term.Position + 1, all.Owner, analysis.Domain);
        }
        else if (analysis.EndsWithoutAll)
        {
            yield return SpfFindings.AllMissing.Create(analysis.Domain);
        }
    }
}
