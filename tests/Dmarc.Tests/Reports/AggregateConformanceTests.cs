using System.Globalization;
using System.Text.Json;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Reports;

/// <summary>
/// Reports with the totals that stand in them: our own, one for each rule of RFC 9990 and each liberty that reporters take, and
/// those of real reporters, some damaged, with what others found in them.
/// </summary>
public class AggregateConformanceTests
{
    private static readonly string Own = TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "reports");
    private static readonly string Others = TestFiles.Conformance("reports", "aggregate");

    public static TheoryData<string> OwnFiles() => Files(Own);

    public static TheoryData<string> OtherFiles() => TestFiles.HasConformance ? Files(Others) : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(OwnFiles))]
    public void Our_own_give_the_expected_totals(string file)
    {
        ReadResult result = Check(Own, file, out JsonElement expected);

        Assert.Equal(expected.GetProperty("warns").GetBoolean(), result.Findings.Any(finding => finding.Severity > Severity.Information));
        Assert.Equal(expected.GetProperty("namespace").GetString() ?? "", result.Rows[0].GetReport().Namespace);
    }

    [ConformanceTheory]
    [MemberData(nameof(OtherFiles))]
    public void Those_of_others_give_the_expected_totals(string file) => Check(Others, file, out _);

    [Fact]
    public void Every_report_of_our_own_has_an_expectation() =>
        Assert.Equal(
            Directory.GetFiles(Own, "*.xml").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Expectations(Own).EnumerateObject().Select(file => file.Name).Order(StringComparer.Ordinal));

    private static TheoryData<string> Files(string folder) => new(Expectations(folder).EnumerateObject().Select(file => file.Name));

    private static JsonElement Expectations(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement;

    private static ReadResult Check(string folder, string file, out JsonElement expected)
    {
        expected = Expectations(folder).GetProperty(file);
        ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadFile(Path.Combine([folder, .. file.Split('/')])));

        Assert.Empty(result.Problems);
        Assert.Equal(expected.GetProperty("records").GetInt32(), result.Rows.Count);
        Assert.Equal(expected.GetProperty("messages").GetInt64(), result.Messages);
        Assert.Equal(expected.GetProperty("dmarcPassMessages").GetInt64(), result.Rows.Where(row => row.Passed == true).Sum(row => row.Count));
        Assert.Equal(
            expected.GetProperty("dispositions").EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetInt64()),
            result.Rows.GroupBy(row => row.WrittenDisposition.Text).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)));
        AggregateReportRow first = result.Rows[0];
        Assert.Equal(expected.GetProperty("org").GetString(), first.OrganizationName, ignoreCase: true);
        Assert.Equal(expected.GetProperty("reportId").GetString(), first.ReportId);
        Assert.Equal(expected.GetProperty("domain").GetString(), first.Domain);
        Assert.Equal(expected.GetProperty("p").GetString(), first.Policy?.ToString(), ignoreCase: true);
        Assert.Equal(expected.GetProperty("begin").GetString(), first.Begin?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.Equal(expected.GetProperty("end").GetString(), first.End?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        return result;
    }
}
