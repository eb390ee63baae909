using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Reports;

/// <summary>The samples that the documentation uses.</summary>
public class SampleTests
{
    [Fact]
    public void Samples_give_their_rows()
    {
        DmarcReportReader reader = new(TwoLabels.Instance);
        ReadResult result = ReadResult.Of(ReportFiles.Enumerate(TestFiles.Repository("docs", "samples", "reports"), recurse: false).SelectMany(file => reader.ReadFile(file)));

        Assert.Empty(result.Problems);
        Assert.Equal(13, result.Rows.Count);
        Assert.Equal(2365, result.Messages);
        Assert.Equal(
            ["Big Mail", "Campus Mail", "Postfach Müller", "Smith & Sons <IT>", "日本メール株式会社"],
            result.Rows.Select(row => row.OrganizationName).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("ReportCutOff", result.Codes);
    }
}
