using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class SpfCommandTests
{
    [Fact]
    public async Task A_table_has_a_line_for_each_domain()
    {
        ConsoleRun run = await ConsoleRun.Of("spf", "spf.example", "b.example", "--zone", ConsoleRun.SampleZone);

        Assert.Equal(4, run.Lines.Count);
        Assert.StartsWith("spf.example ", run.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("b.example ", run.Lines[3], StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_list_shows_the_tree()
    {
        ConsoleRun run = await ConsoleRun.Of("spf", "spf.example", "--zone", ConsoleRun.SampleZone, "--format", "list");

        Assert.Contains("include:_spf.news.example", run.Output, StringComparison.Ordinal);
        Assert.Contains("+3 =  5", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.5", "Pass")]
    [InlineData("203.0.113.200", "SoftFail")]
    public async Task An_address_gets_its_result(string address, string result)
    {
        ConsoleRun run = await ConsoleRun.Of("spf", "spf.example", "--ip-address", address, "--zone", ConsoleRun.SampleZone, "--format", "ndjson");

        Assert.Equal(result, JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("Result").GetString());
    }

    [Fact]
    public async Task A_table_tells_which_address_a_row_is_of()
    {
        ConsoleRun run = await ConsoleRun.Of("spf", "spf.example", "--ip-address", "203.0.113.200", "--ip-address", "203.0.113.5", "--zone", ConsoleRun.SampleZone);

        Assert.Matches("^spf.example +203.0.113.200 +SoftFail ", run.Lines[2]);
        Assert.Matches("^spf.example +203.0.113.5 +Pass ", run.Lines[3]);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 80));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task A_chain_of_redirects_fits_into_json(string format)
    {
        const int Length = 250;
        string zone = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zone");
        IEnumerable<string> chain = Enumerable.Range(0, Length).Select(step => $"d{step}.test. 300 IN TXT \"v=spf1 redirect=d{step + 1}.test\"");
        await File.WriteAllLinesAsync(zone, [.. chain, $"d{Length}.test. 300 IN TXT \"v=spf1 ip4:192.0.2.1 -all\""]);
        try
        {
            ConsoleRun run = await ConsoleRun.Of("spf", "d0.test", "d240.test", "--zone", zone, "--format", format);

            JsonDocumentOptions deep = new() { MaxDepth = 1_000 };
            JsonElement[] rows = format == "json"
                ? [.. JsonDocument.Parse(run.Output, deep).RootElement.EnumerateArray()]
                : [.. run.Lines.Select(line => JsonDocument.Parse(line, deep).RootElement)];
            Assert.Equal(["d0.test", "d240.test"], rows.Select(row => row.GetProperty("Domain").GetString()));
        }
        finally
        {
            File.Delete(zone);
        }
    }

    [Theory]
    [InlineData(ExitCode.Success, "b.example")]
    [InlineData(ExitCode.Findings, "loops.example")]
    [InlineData(ExitCode.Failure, "not a domain")]
    [InlineData(ExitCode.Usage, "b.example", "--compare")]
    [InlineData(ExitCode.Usage, "b.example", "--ip-address", "nonsense")]
    [InlineData(ExitCode.Usage, "b.example", "--ip-address", "8.8")]
    [InlineData(ExitCode.Usage, "b.example", "--ip-address", "010.8.8.8")]
    [InlineData(ExitCode.Usage, "b.example", "--ip-address", "fe80::1%eth0")]
    [InlineData(ExitCode.Success, "b.example", "--record", "v=spf1 ip4:192.0.2.1 -all", "--compare", "--flatten")]
    public async Task The_exit_code_says_what_was_found(int code, params string[] arguments) =>
        Assert.Equal(code, (await ConsoleRun.Of(["spf", .. arguments, "--zone", ConsoleRun.SampleZone])).ExitCode);
}
