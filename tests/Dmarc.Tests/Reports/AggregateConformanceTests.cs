using System.Globalization;
using System.Text.Json;
using Dmarc.Reports;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Reports;

/// <summary>Reports of real reporters, some damaged, with the totals that others found in them.</summary>
public class AggregateConformanceTests
{
    private static readonly JsonElement Expected = TestFiles.HasConformance
        ? JsonDocument.Parse(File.ReadAllText(TestFiles.Conformance("reports", "aggregate", "expected.json"))).RootElement
        : default;

    public static TheoryData<string> Files() =>
        TestFiles.HasConformance ? new TheoryData<string>(Expected.EnumerateObject().Select(file => file.Name)) : new TheoryData<string>("");

    [ConformanceTheory]
    [MemberData(nameof(Files))]
    public void Gives_the_expected_totals(string file)
    {
        JsonElement expected = Expected.GetProperty(file);
        ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance)
            .ReadFile(TestFiles.Conformance(["reports", "aggregate", .. file.Split('/')])));

        Assert.Empty(result.Problems);
        Assert.Equal(expected.GetProperty("records").GetInt32(), result.Rows.Count);
        Assert.Equal(expected.GetProperty("messages").GetInt64(), result.Messages);
        Assert.Equal(expected.GetProperty("dmarcPassMessages").GetInt64(), result.Rows.Where(row => row.Passed).Sum(row => row.Count));
        Assert.Equal(
            expected.GetProperty("dispositions").EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetInt64()),
            result.Rows.GroupBy(row => row.DispositionText).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)));
        AggregateReportRow first = result.Rows[0];
        Assert.Equal(expected.GetProperty("org").GetString(), first.OrganizationName, ignoreCase: true);
        Assert.Equal(expected.GetProperty("reportId").GetString(), first.ReportId);
        Assert.Equal(expected.GetProperty("domain").GetString(), first.Domain);
        Assert.Equal(expected.GetProperty("p").GetString(), first.Policy?.ToString(), ignoreCase: true);
        Assert.Equal(expected.GetProperty("begin").GetString(), first.Begin?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.Equal(expected.GetProperty("end").GetString(), first.End?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }
}
