using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records of Sender ID, such as <c>spf2.0/pra</c>, which no receiver evaluates any more.</summary>
internal sealed class SenderIdRule : ISpfRule
{
    private const string Version = "spf2.0/";

    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        int count = analysis.Root.Response.Records.OfType<TxtRecord>()
            .Count(record => record.RecordType == DnsRecordType.TXT && record.Text.StartsWith(Version, StringComparison.OrdinalIgnoreCase));
        if (count > 0)
        {
            yield return SpfFindings.SenderIdLeftover.Create(analysis.Domain, count);
        }
    }
}
