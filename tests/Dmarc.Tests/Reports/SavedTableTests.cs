using System.Globalization;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Saved;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>What Export-Csv wrote of rows, in one language, is restored in another.</summary>
public class SavedTableTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("en", "ja")]
    [InlineData("ja", "en")]
    [InlineData("ja", "fr")]
    public void A_row_keeps_what_its_findings_told(string written, string read)
    {
        Table table = new([]);
        Language.In(written, () =>
        {
            AggregateReportRow row = ReadResult.OfXml(Xml(Record(from: "\u200Bexample.com"))).Row;
            table = new Table(typeof(AggregateReportRow).GetProperties().ToDictionary(
                property => property.Name, property => Convert.ToString(property.GetValue(row), CultureInfo.InvariantCulture) ?? ""));
        });
        Language.In(read, () =>
        {
            SavedReports reports = new(PublicSuffixList.Default, CultureInfo.InvariantCulture);
            AggregateReportRow row = Assert.IsType<AggregateReportRow>(reports.Read(table, out SavedProblem? problem));
            Assert.Null(problem);
            Assert.Contains(row.Findings, finding => finding.Code == "ReportNameMarks");
        });
    }

    [Fact]
    public void A_row_without_findings_gets_none()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record())).Row;
        Table table = new(typeof(AggregateReportRow).GetProperties().ToDictionary(
            property => property.Name, property => Convert.ToString(property.GetValue(row), CultureInfo.InvariantCulture) ?? ""));
        SavedReports reports = new(PublicSuffixList.Default, CultureInfo.InvariantCulture);
        AggregateReportRow copy = Assert.IsType<AggregateReportRow>(reports.Read(table, out _));
        Assert.Equal(row.Findings.Select(finding => finding.Code), copy.Findings.Select(finding => finding.Code));
    }

    /// <summary>A line of a table: all that it has is text.</summary>
    private sealed record Table(Dictionary<string, string> Values) : ISavedObject
    {
        public bool Has(string name) => Values.ContainsKey(name);

        public object? Get(string name) => Values.GetValueOrDefault(name);
    }
}
