using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>TXT records that together are longer than an answer of 512 bytes holds.</summary>
internal sealed class RecordLengthRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        int length = analysis.Domain.Length
            + analysis.Root.Response.Records.OfType<TxtRecord>().Sum(record => record.Strings.Sum(part => part.Length));
        if (analysis.Root.Texts.Count > 0 && length > SpfLimits.RecordLength)
        {
            yield return SpfFindings.RecordTooLong.Create(analysis.Domain, length);
        }
    }
}
