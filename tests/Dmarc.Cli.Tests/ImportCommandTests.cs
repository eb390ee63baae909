using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Dmarc.Cli.Tests;

public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dmarc").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Rows_come_in_the_order_of_the_files()
    {
        Write("b.xml", Report("two", "198.51.100.2"));
        Write("a.xml", Report("one", "198.51.100.1"));

        ConsoleRun run = await ConsoleRun.Of("import", _folder);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(4, run.Lines.Count);
        Assert.Contains("198.51.100.1", run.Lines[2], StringComparison.Ordinal);
        Assert.Contains("198.51.100.2", run.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_error_and_the_rest_goes_on()
    {
        Write("a.xml", "nothing of the kind");
        Write("b.xml", Report("two", "198.51.100.2"));

        ConsoleRun run = await ConsoleRun.Of("import", _folder, "--format", "csv");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("a.xml", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Lines.Count);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_a_failure()
    {
        ConsoleRun run = await ConsoleRun.Of("import", Path.Combine(_folder, "none.xml"), Path.Combine(_folder, "*.gz"));

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("none.xml", run.Error, StringComparison.Ordinal);
        Assert.Contains("*.gz", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wildcards_and_folders_below_are_read()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        Write("a1.xml", Report("one", "198.51.100.1"));
        Write("z1.xml", Report("two", "198.51.100.2"));
        Write("below/b.xml", Report("three", "198.51.100.3"));

        Assert.Single((await ConsoleRun.Of("import", Path.Combine(_folder, "a*.xml"), "-f", "ndjson")).Lines);
        Assert.Equal(2, (await ConsoleRun.Of("import", _folder, "-f", "ndjson")).Lines.Count);
        Assert.Equal(3, (await ConsoleRun.Of("import", _folder, "-r", "-f", "ndjson")).Lines.Count);
    }

    [Fact]
    public async Task A_report_that_was_read_before_is_left_out()
    {
        Write("a.xml", Report("one", "198.51.100.1"));
        Write("b.xml", Report("one", "198.51.100.1"));

        ConsoleRun once = await ConsoleRun.Of("import", _folder, "-f", "ndjson", "--verbose");
        ConsoleRun twice = await ConsoleRun.Of("import", _folder, "-f", "ndjson", "--include-duplicate");

        Assert.Single(once.Lines);
        Assert.Contains("b.xml", once.Error, StringComparison.Ordinal);
        Assert.Equal(2, twice.Lines.Count);
    }

    [Fact]
    public async Task Compressed_reports_are_known_by_their_content()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "report.dat")))
        using (GZipStream gzip = new(file, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Report("one", "198.51.100.1")));
        }

        Assert.Single((await ConsoleRun.Of("import", _folder, "-f", "ndjson")).Lines);
    }

    [Fact]
    public async Task Wide_characters_keep_the_columns_in_line()
    {
        Write("a.xml", Report("one", "198.51.100.1", "株式会社例"));
        Write("b.xml", Report("two", "198.51.100.1", "Example"));

        ConsoleRun run = await ConsoleRun.Of("import", _folder);

        Assert.Equal(
            run.Lines[3].IndexOf("198.51.100.1", StringComparison.Ordinal),
            run.Lines[2].IndexOf("198.51.100.1", StringComparison.Ordinal) + 5);
    }

    [Fact]
    public async Task A_formula_in_a_report_is_none_in_the_file()
    {
        Write("a.xml", Report("one", "198.51.100.1", "=HYPERLINK(\"http://x.test\",\"y\")"));

        ConsoleRun run = await ConsoleRun.Of("import", _folder, "--format", "csv");

        Assert.StartsWith("\"'=HYPERLINK(\"\"http://x.test\"\",\"\"y\"\")\",", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("\r\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_terminal_would_act_on_is_escaped_in_the_file()
    {
        Write("a.xml", Report("one", "198.51.100.1", "Rep\u009B31m\u202Eort"));

        ConsoleRun run = await ConsoleRun.Of("import", _folder, "--format", "csv");

        Assert.Contains("Rep\\u009B31m\\u202Eort", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Theory]
    [InlineData("failure", 1)]
    [InlineData("tls", 3)]
    [InlineData("failure,tls", 4)]
    [InlineData("All", 4)]
    public async Task Kinds_are_read_that_are_asked_for(string type, int results)
    {
        ConsoleRun run = await ConsoleRun.Of("import", Samples("failure-reports"), Samples("tls-reports"), "--type", type, "--format", "ndjson");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(results, run.Lines.Count);
    }

    [Fact]
    public async Task Kinds_that_were_not_asked_for_are_said()
    {
        ConsoleRun run = await ConsoleRun.Of("import", Samples("failure-reports"), Samples("tls-reports"));

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal("", run.Output.Trim());
        Assert.Contains("One failure report was passed over", run.Error, StringComparison.Ordinal);
        Assert.Contains("--type Tls", run.Error, StringComparison.Ordinal);
        Assert.Contains("--type All", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("import", Samples("tls-reports"), "--type", "postal")).ExitCode);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("list")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task Hostile_values_of_other_kinds_are_harmless(string format)
    {
        const string Evil = "<script>alert(1)</script>\u001B[31mred\u001B[0m\u202E\u009B2J";
        string mail = File.ReadAllText(Directory.GetFiles(Samples("failure-reports"))[0]);
        Write("a.eml", mail.Replace("ReaderMail/3.2", Evil + new string('x', 10_000), StringComparison.Ordinal)
            .Replace("Our winter sale", Evil, StringComparison.Ordinal)
            .Replace("4Ln7Qw4fnvz6Bq", "=cmd|'/c calc'!A1", StringComparison.Ordinal));
        string json = File.ReadAllText(Directory.GetFiles(Samples("tls-reports"))[0]);
        Write("b.json", json.Replace("no STARTTLS after EHLO", "=cmd|'/c calc'!A1", StringComparison.Ordinal)
            .Replace("mx3.a.example", Evil.Replace("\u001B", "\\u001b", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("\"Mailer\"", "\"@SUM(A1)" + Evil.Replace("\u001B", "\\u001b", StringComparison.Ordinal) + new string('x', 10_000) + "\"", StringComparison.Ordinal));

        foreach (string type in format == "csv" ? new[] { "failure", "tls" } : ["failure", "tls", "all"])
        {
            ConsoleRun run = await ConsoleRun.Of("import", _folder, "--type", type, "--format", format);

            Assert.True(run.Output.Length > 100, run.Error);
            Assert.DoesNotContain(run.Output, character => character is '\u001B' or '\u202E' or '\u009B');
            Assert.DoesNotContain(run.Error, character => character is '\u202E' or '\u009B');
            if (format == "csv")
            {
                Assert.DoesNotContain("\"=cmd", run.Output, StringComparison.Ordinal);
                Assert.DoesNotContain(",=cmd", run.Output, StringComparison.Ordinal);
                Assert.DoesNotContain("\n@SUM", run.Output, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Several_kinds_stand_in_one_table()
    {
        Write("m.xml", Report("one", "198.51.100.1"));
        ConsoleRun table = await ConsoleRun.Of("import", Samples("failure-reports"), _folder, Samples("tls-reports"), "--type", "all");
        ConsoleRun list = await ConsoleRun.Of("import", Samples("failure-reports"), _folder, Samples("tls-reports"), "--type", "all", "--format", "list");

        Assert.Equal(["Kind", "Begin", "Reporter", "Domain", "Source", "Result"], table.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["Failure", "Aggregate", "Tls", "Tls", "Tls"], table.Lines.Skip(2).Select(line => line.Split(' ')[0]));
        Assert.Contains("3 passed", table.Lines[3], StringComparison.Ordinal);
        Assert.Matches("(?m)^AuthFailure +:", list.Output);
        Assert.Matches("(?m)^HeaderFrom +: a.example", list.Output);
        Assert.Matches("(?m)^PolicyDomain +: a.example", list.Output);
    }

    [Fact]
    public async Task Several_kinds_are_no_CSV()
    {
        ConsoleRun run = await ConsoleRun.Of("import", Samples("tls-reports"), "--type", "all", "--format", "csv");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("--type", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_can_be_set()
    {
        Write("a.xml", Report("one", "198.51.100.1"));

        ConsoleRun met = await ConsoleRun.Of("import", _folder, "--read-limit", "MaxTextBytes=10");
        ConsoleRun raised = await ConsoleRun.Of("import", _folder, "--read-limit", "MaxTextBytes=10", "--read-limit", "maxtextbytes=90000");
        ConsoleRun wrong = await ConsoleRun.Of("import", _folder, "--read-limit", "MaxTextBytes");

        Assert.Equal(ExitCode.Failure, met.ExitCode);
        Assert.Contains("--read-limit MaxTextBytes=", met.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, raised.ExitCode);
        Assert.Equal(ExitCode.Usage, wrong.ExitCode);
    }

    [Fact]
    public async Task A_public_suffix_list_decides_what_aligns()
    {
        Write("a.xml", Report("one", "198.51.100.1").Replace(
            "<dkim><domain>a.example</domain>", "<dkim><domain>mail.other.example</domain>", StringComparison.Ordinal)
            .Replace("<header_from>a.example", "<header_from>www.other.example", StringComparison.Ordinal));
        string list = Path.Combine(_folder, "list.dat");
        Write("list.dat", "example\nother.example\n");
        string file = Path.Combine(_folder, "a.xml");

        string usual = (await ConsoleRun.Of("import", file, "-f", "ndjson")).Output;
        string other = (await ConsoleRun.Of("import", file, "-f", "ndjson", "--public-suffix-list", list)).Output;

        Assert.Contains("\"ComputedDkimAligned\":true", usual, StringComparison.Ordinal);
        Assert.Contains("\"ComputedDkimAligned\":false", other, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("import", file, "--public-suffix-list", list + "x")).ExitCode);
    }

    private static string Report(string id, string address, string organization = "Example") => string.Format(
        CultureInfo.InvariantCulture,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <feedback><version>1.0</version><report_metadata><org_name>{2}</org_name><email>r@reporter.example</email>
        <report_id>{0}</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>
        <policy_published><domain>a.example</domain><p>reject</p></policy_published>
        <record><row><source_ip>{1}</source_ip><count>3</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim>
        <spf>fail</spf></policy_evaluated></row><identifiers><header_from>a.example</header_from></identifiers>
        <auth_results><dkim><domain>a.example</domain><result>pass</result></dkim><spf><domain>b.example</domain>
        <result>fail</result></spf></auth_results></record></feedback>
        """,
        id,
        address,
        organization.Replace("\"", "&quot;", StringComparison.Ordinal));

    private static string Samples(string name) => Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", name);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
