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

    [Theory]
    [InlineData(ExitCode.Success, "b.example")]
    [InlineData(ExitCode.Findings, "loops.example")]
    [InlineData(ExitCode.Failure, "not a domain")]
    [InlineData(ExitCode.Usage, "b.example", "--compare")]
    [InlineData(ExitCode.Usage, "b.example", "--ip-address", "nonsense")]
    [InlineData(ExitCode.Success, "b.example", "--record", "v=spf1 ip4:192.0.2.1 -all", "--compare", "--flatten")]
    public async Task The_exit_code_says_what_was_found(int code, params string[] arguments) =>
        Assert.Equal(code, (await ConsoleRun.Of(["spf", .. arguments, "--zone", ConsoleRun.SampleZone])).ExitCode);
}
