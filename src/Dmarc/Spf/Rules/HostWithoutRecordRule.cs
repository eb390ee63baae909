using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Hosts of the domain that may send, and have no record for the name with which they greet.</summary>
internal sealed class HostWithoutRecordRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => node.Term.Qualifier == SpfQualifier.Pass)
            .SelectMany(node => node.Facts.Hosts)
            .Where(host => !host.HasNoAddress
                && host.Txt is DnsResponse txt
                && txt.Status.IsAnswer()
                && !txt.Records.OfType<TxtRecord>().Any(record => SpfRecord.IsSpf(record.Text)))
            .Select(host => SpfFindings.HostWithoutRecord.Create(host.Name));
}
