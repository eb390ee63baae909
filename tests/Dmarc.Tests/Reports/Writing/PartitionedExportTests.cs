using Dmarc.Advice.Page;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Writing;

namespace Dmarc.Tests.Reports.Writing;

public sealed class PartitionedExportTests : IDisposable
{
    private readonly ExportBed _bed = new();

    public void Dispose() => _bed.Dispose();

    private static AggregateReportRow Row(string domain, string begin, string ip = "192.0.2.1") =>
        MadeRows.Row(MadeRows.Report(domain: domain, begin: begin), ip: ip);

    [Fact]
    public void Rows_go_into_folders_by_month_and_domain()
    {
        _bed.Export("lake", [Row("B.example", "2026-02-01"), Row("a.example", "2026-01-31"), Row("b.example", "2026-02-28")], false, ExportPartition.Month, ExportPartition.Domain);

        Assert.Collection(
            _bed.Files,
            file => Assert.Matches("^lake/month=2026-01/domain=a.example/part-[0-9a-f]{24}.ndjson$", file),
            file => Assert.Matches("^lake/month=2026-02/domain=b.example/part-[0-9a-f]{24}.ndjson$", file));
        Assert.Equal(2, File.ReadAllLines(_bed.PathOf(_bed.Files[1])).Length);
    }

    [Fact]
    public void The_same_rows_give_the_same_files_and_others_replace_none()
    {
        object[] rows = [Row("a.example", "2026-01-31"), Row("b.example", "2026-02-28")];
        _bed.Export("lake", rows, false, ExportPartition.Domain);
        IReadOnlyList<string> first = _bed.Files;

        _bed.Export("lake", rows, false, ExportPartition.Domain);
        Assert.Equal(first, _bed.Files);

        Assert.Throws<ReportExportException>(() => _bed.Export("lake", rows, true, ExportPartition.Domain));
        Assert.Equal(first, _bed.Files);

        _bed.Export("lake", [Row("a.example", "2026-01-31", "192.0.2.9")], true, ExportPartition.Domain);
        Assert.Equal(3, _bed.Files.Count);
    }

    [Fact]
    public void Few_files_are_open_at_once_and_no_row_is_lost()
    {
        using (PartitionedExport export = new(new ReportExportOptions(_bed.PathOf("lake")) { PartitionBy = [ExportPartition.Domain] }, ExportFormat.Csv, mostOpen: 2))
        {
            for (int number = 0; number < 300; number++)
            {
                export.Add(Row("d" + (number % 7) + ".example", "2026-01-01", "192.0.2." + (number % 250)));
            }

            Assert.Equal(7, export.Complete().Count);
        }

        Assert.Equal(7, _bed.Files.Count);
        Assert.Equal(300, _bed.Files.Sum(file => File.ReadAllLines(_bed.PathOf(file)).Length - 1));
        Assert.All(_bed.Files, file => Assert.StartsWith("type,org_name", _bed.Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_domains_stay_in_the_folder()
    {
        _bed.Export("lake", ExportBed.HostileRows(), false, ExportPartition.Domain, ExportPartition.Reporter, ExportPartition.Type);

        Assert.Equal(ExportBed.HostileValues.Count(), _bed.Files.Count);
        Assert.All(_bed.Files, file => Assert.Matches("^lake/domain=[A-Za-z0-9._%~-]+/reporter=[A-Za-z0-9._%~-]+/type=aggregate/part-[0-9a-f]+\\.ndjson$", file));
        Assert.All(_bed.Files, file => Assert.All(file.Split('/'), part => Assert.True(part.Length < 255 && !part.EndsWith(".", StringComparison.Ordinal) && part != "..")));
    }

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("", "__HIVE_DEFAULT_PARTITION__")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a=b%", "a%3Db%25")]
    [InlineData("例.jp", "%E4%BE%8B.jp")]
    [InlineData("root.", "root%2E")]
    public void Values_are_escaped_as_Hive_does(string value, string name) => Assert.Equal(name, PartitionName.Value(value));

    [Fact]
    public void Rows_without_a_time_have_a_folder_too()
    {
        _bed.Export("lake", [Row("a.example", "2026-01-31"), MadeRows.Row(new AggregateReport("p", TwoLabels.Instance))], false, ExportPartition.Month, ExportPartition.Day);

        Assert.StartsWith("lake/month=2026-01/day=2026-01-31/", _bed.Files[0], StringComparison.Ordinal);
        Assert.StartsWith("lake/month=__HIVE_DEFAULT_PARTITION__/day=__HIVE_DEFAULT_PARTITION__/", _bed.Files[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_finished_leaves_nothing()
    {
        using (ReportExport export = PageExport.Create(new ReportExportOptions(_bed.PathOf("lake")) { PartitionBy = [ExportPartition.Month] }))
        {
            export.Add(Row("a.example", "2026-01-31"));
        }

        Assert.Empty(_bed.Files);
    }

    [Fact]
    public void A_page_is_not_spread()
    {
        ReportExportException problem = Assert.Throws<ReportExportException>(() => PageExport.Create(
            new ReportExportOptions(_bed.PathOf("lake")) { PartitionBy = [ExportPartition.Month], Format = ExportFormat.Html }));

        Assert.Equal(ReportExportProblem.UnknownFormat, problem.Problem);
        Assert.Empty(_bed.Files);
    }
}
