using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class DkimCommandTests
{
    [Fact]
    public async Task A_table_has_a_line_for_each_selector()
    {
        ConsoleRun run = await ConsoleRun.Of("dkim", "b.example", "--zone", ConsoleRun.SampleZone);

        Assert.Equal(4, run.Lines.Count);
        Assert.StartsWith("Domain ", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Contains("google", StringComparison.Ordinal) && line.Contains("1024", StringComparison.Ordinal));
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("a.example", ExitCode.Success)]
    [InlineData("alias.example", ExitCode.Findings)]
    [InlineData("not a domain", ExitCode.Failure)]
    public async Task The_exit_code_says_what_was_found(string domain, int code) =>
        Assert.Equal(code, (await ConsoleRun.Of("dkim", domain, "--zone", ConsoleRun.SampleZone)).ExitCode);

    [Fact]
    public async Task Selectors_can_be_given()
    {
        ConsoleRun run = await ConsoleRun.Of("dkim", "b.example", "--selector", "google", "--selector", "other", "--zone", ConsoleRun.SampleZone, "--format", "ndjson");

        Assert.Equal(["google", "other"], run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Selector").GetString()));
        Assert.Equal(ExitCode.Findings, run.ExitCode);
    }

    [Fact]
    public async Task A_record_can_be_given_as_text()
    {
        ConsoleRun run = await ConsoleRun.Of("dkim", "--record", "v=DKIM1; p=", "--format", "json");

        JsonElement result = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.True(result.GetProperty("Revoked").GetBoolean());
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public async Task A_failed_look_up_is_an_error_and_a_row()
    {
        ConsoleRun run = await ConsoleRun.Of("dkim", "unreachable.test", "--selector", "s1", "--server", "127.0.0.1:1", "--timeout-sec", "1");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("unreachable.test", run.Error, StringComparison.Ordinal);
        Assert.Contains("unreachable.test", run.Output, StringComparison.Ordinal);
    }
}
