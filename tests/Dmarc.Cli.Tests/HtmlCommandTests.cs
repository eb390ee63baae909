namespace Dmarc.Cli.Tests;

public sealed class HtmlCommandTests : IDisposable
{
    private static readonly string Samples = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "reports");

    private readonly string _folder = Directory.CreateTempSubdirectory("dmarc").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_page_is_written_in_the_language_asked_for()
    {
        string file = Path.Combine(_folder, "x.html");

        ConsoleRun run = await ConsoleRun.Of("html", Samples, "--output", file, "--language", "ja", "--title", "例");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("x.html", run.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(file);
        Assert.Contains("<html lang=\"ja\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>例</title>", page, StringComparison.Ordinal);
        Assert.Contains("推移", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ending_tells_the_form_and_rows_may_pass_through()
    {
        string file = Path.Combine(_folder, "x.csv");

        ConsoleRun run = await ConsoleRun.Of("html", Samples, "-o", file, "--pass-thru", "--format", "ndjson");

        Assert.Equal(run.Lines.Count + 1, File.ReadAllLines(file).Length);
    }

    [Fact]
    public async Task Rows_are_spread_over_folders()
    {
        string lake = Path.Combine(_folder, "lake");

        ConsoleRun run = await ConsoleRun.Of("html", Samples, "-o", lake, "--partition-by", "month,domain", "--as", "json");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(lake, "month=2025-11", "domain=contoso.example"), "part-*.json"));
    }

    [Fact]
    public async Task A_page_takes_all_kinds_and_a_table_one()
    {
        string tls = Path.Combine(_folder, "tls.json");
        File.WriteAllText(tls, "{\"organization-name\":\"Sender\",\"date-range\":{\"start-datetime\":\"2026-01-01T00:00:00Z\",\"end-datetime\":\"2026-01-01T23:59:59Z\"},\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"tls.example\"},\"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":1}}]}");

        await ConsoleRun.Of("html", Samples, tls, "-o", Path.Combine(_folder, "x.html"));
        ConsoleRun rows = await ConsoleRun.Of("html", tls, "-o", Path.Combine(_folder, "x.csv"), "--type", "tls");

        Assert.Contains("tls.example", File.ReadAllText(Path.Combine(_folder, "x.html")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, rows.ExitCode);
        Assert.Contains("tls.example", File.ReadAllText(Path.Combine(_folder, "x.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_is_a_matter_of_usage()
    {
        string file = Path.Combine(_folder, "x.html");
        File.WriteAllText(file, "before");

        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("html", Samples)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("html", Samples, "-o", file, "--language", "xx")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("html", Samples, "-o", Path.Combine(_folder, "none", "x.html"))).ExitCode);
        ConsoleRun unknown = await ConsoleRun.Of("html", Samples, "-o", Path.Combine(_folder, "x.txt"));
        ConsoleRun there = await ConsoleRun.Of("html", Samples, "-o", file, "--no-clobber");

        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
        Assert.Contains("--as", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, there.ExitCode);
        Assert.Equal("before", File.ReadAllText(file));
    }
}
