using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>No record, several, or none that could be asked for.</summary>
internal sealed class RecordPresenceRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        if (!analysis.Root.Response.Status.IsAnswer())
        {
            yield return SpfFindings.LookupFailed.Create(analysis.Domain, analysis.Root.Response.Status);
        }
        else if (analysis.Root.Texts.Count > 1)
        {
            yield return SpfFindings.SeveralRecords.Create(analysis.Domain, analysis.Root.Texts.Count);
        }
        else if (analysis.Root.Texts.Count == 0)
        {
            yield return analysis.Root.Response.Status == DnsStatus.NxDomain
                ? SpfFindings.DomainNotFound.Create(analysis.Domain)
                : SpfFindings.RecordMissing.Create(analysis.Domain);
        }
    }
}
