using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class RecordCommandTests
{
    [Fact]
    public async Task A_table_has_a_line_for_each_domain_in_order()
    {
        ConsoleRun run = await ConsoleRun.Of("record", "b.example", "a.example", "--zone", ConsoleRun.SampleZone);

        Assert.Equal(4, run.Lines.Count);
        Assert.StartsWith("Domain ", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("------ ", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("b.example ", run.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("a.example ", run.Lines[3], StringComparison.Ordinal);
        Assert.Contains(" Reject ", run.Lines[3], StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("a.example", ExitCode.Success)]
    [InlineData("c.example", ExitCode.Findings)]
    [InlineData("not a domain", ExitCode.Failure)]
    public async Task The_exit_code_says_what_was_found(string domain, int code) =>
        Assert.Equal(code, (await ConsoleRun.Of("record", domain, "--zone", ConsoleRun.SampleZone)).ExitCode);

    [Fact]
    public async Task A_failed_look_up_is_an_error_and_a_row()
    {
        ConsoleRun run = await ConsoleRun.Of("record", "unreachable.test", "--server", "127.0.0.1:1", "--timeout-sec", "1");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("unreachable.test", run.Error, StringComparison.Ordinal);
        Assert.Contains("unreachable.test", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_are_read_from_standard_input_too()
    {
        ConsoleRun run = await ConsoleRun.With(
            "# mine\na.example\n\nb.example\n", 80, "record", "--zone", ConsoleRun.SampleZone, "--format", "ndjson");

        Assert.Equal(["a.example", "b.example"], run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Domain").GetString()));
    }

    [Fact]
    public async Task Without_domains_it_is_a_mistake_of_use()
    {
        ConsoleRun run = await ConsoleRun.Of("record");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("No domain", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--discovery-method", "guess")]
    [InlineData("--timeout-sec", "0")]
    [InlineData("--throttle-limit", "100000")]
    [InlineData("--server", "not/a/server")]
    [InlineData("--zone", "no-such-file.zone")]
    [InlineData("--public-suffix-list", "no-such-file.dat")]
    [InlineData("--no-such-option", "x")]
    public async Task A_wrong_option_is_a_mistake_of_use_that_is_named(string option, string value)
    {
        ConsoleRun run = await ConsoleRun.Of("record", "a.example", option, value);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_record_can_be_given_as_text()
    {
        ConsoleRun run = await ConsoleRun.Of("record", "contoso.com", "--record", "v=DMARC1; p=reject; rua=mailto:a@contoso.com", "--format", "json");

        JsonElement result = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.Equal("Reject", result.GetProperty("EffectivePolicy").GetString());
        Assert.Equal("contoso.com", result.GetProperty("Domain").GetString());
    }

    [Fact]
    public async Task The_list_shows_findings_with_their_remedies()
    {
        ConsoleRun run = await ConsoleRun.Of("record", "typo.example", "--zone", ConsoleRun.SampleZone, "--format", "list");

        Assert.Contains("DmarcTagMisspelt", run.Output, StringComparison.Ordinal);
        Assert.Contains("-> ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Verbose_shows_the_queries()
    {
        ConsoleRun run = await ConsoleRun.Of("record", "a.example", "--zone", ConsoleRun.SampleZone, "--verbose");

        Assert.Contains("TXT _dmarc.a.example: NoError, 1 record", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_record_are_escaped_in_every_form()
    {
        const string Record = "v=DMARC1; p=none; x=\u001B[31m\u202E\u009B";
        foreach (string format in new[] { "table", "list", "json", "ndjson" })
        {
            ConsoleRun run = await ConsoleRun.With(null, 400, "record", "--record", Record, "--format", format);
            Assert.DoesNotContain(run.Output, character => character is '\u001B' or '\u202E' or '\u009B');
            Assert.Contains("u202E", run.Output, StringComparison.Ordinal);
        }
    }
}
