using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Includes and redirects whose domain has no record, or one that is not valid.</summary>
internal sealed class IncludeRecordRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        foreach (SpfNode node in analysis.Effective.Where(node => node.LeadsOn))
        {
            if (node.Facts.Target is null && !node.Facts.DependsOnMessage)
            {
                yield return node.Report(SpfFindings.IncludeWithoutRecord, node.Term.Domain, DnsStatus.Malformed);
            }

            if (node.Facts.Child is not { IsUsable: false } child || !child.Response.Status.IsAnswer())
            {
                continue;
            }

            if (child.Texts.Count == 0)
            {
                yield return node.Report(SpfFindings.IncludeWithoutRecord, child.Domain, child.Response.Status);
            }
            else
            {
                string problem = child.Record is null
                    ? SpfFindings.SeveralRecords.Create(child.Domain, child.Texts.Count).Message
                    : child.Record.Problem;
                yield return node.Report(SpfFindings.IncludeInvalid, child.Domain, problem);
            }
        }
    }
}
