using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Terms whose look-ups failed: what they authorise is not known.</summary>
internal sealed class FailedLookupRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        foreach (SpfNode node in analysis.Effective)
        {
            if (node.Facts.Failed is { } failed)
            {
                yield return node.Report(SpfFindings.IncludeFailed, failed.Name + " " + failed.Status);
            }
        }
    }
}
