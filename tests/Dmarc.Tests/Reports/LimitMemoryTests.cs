using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Reports.LimitTests;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>What the reader of reports holds, measured over the whole process.</summary>
[Collection(GrowthTestsAlone.Name)]
public class LimitMemoryTests
{
    [Fact]
    public void A_value_of_a_hundred_megabytes_is_refused_without_holding_it()
    {
        byte[] before = Encoding.UTF8.GetBytes(Xml(Record()).Replace("</feedback>\n", "<record><row><source_ip>", StringComparison.Ordinal));
        using RepeatingStream stream = new(before, (byte)'a', 100 << 20);
        long memory = GC.GetTotalAllocatedBytes();
        ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadStream(stream, "test"));

        AssertLimit(result, nameof(ReportReadLimits.MaxTextBytes));
        Assert.Single(result.Rows);
        Assert.InRange(GC.GetTotalAllocatedBytes() - memory, 0, 64 << 20);
    }
}
