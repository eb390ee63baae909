using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class AuditCommandTests
{
    private static readonly string SampleDomains = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "domains.txt");

    [Fact]
    public async Task The_sample_domains_have_a_line_each_in_the_order_of_the_file()
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "--file", SampleDomains, "--zone", ConsoleRun.SampleZone);

        string[] domains = [.. File.ReadLines(SampleDomains).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.Equal(domains, run.Lines.Skip(2).Select(line => line.Split(' ')[0]));
        Assert.Equal(["Domain", "Grade", "Profile", "DMARC", "SPF", "Findings"], run.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Empty(run.Error);
        Assert.Equal(ExitCode.Findings, run.ExitCode);
    }

    [Theory]
    [InlineData("a.example", ExitCode.Success)]
    [InlineData("c.example", ExitCode.Findings)]
    [InlineData("not a domain", ExitCode.Failure)]
    public async Task The_exit_code_says_what_was_found(string domain, int code) =>
        Assert.Equal(code, (await ConsoleRun.Of("audit", domain, "--zone", ConsoleRun.SampleZone)).ExitCode);

    [Fact]
    public async Task Domains_come_from_standard_input_too_and_every_line_has_a_row()
    {
        ConsoleRun run = await ConsoleRun.With("b.example\n# a comment\n\nbad..name\na.example\n", 200, "audit", "--zone", ConsoleRun.SampleZone, "--format", "ndjson");

        JsonElement[] rows = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["b.example", "bad..name", "a.example"], rows.Select(row => row.GetProperty("Domain").GetString()));
        Assert.Equal(["D", "Unknown", "A"], rows.Select(row => row.GetProperty("Grade").GetString()));
        Assert.Equal("InvalidDomainName", rows[1].GetProperty("Status").GetString());
        Assert.Equal(ExitCode.Failure, run.ExitCode);
    }

    [Fact]
    public async Task Domains_of_the_command_line_come_before_those_of_files()
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "spf.example", "--file", SampleDomains, "--zone", ConsoleRun.SampleZone, "--format", "csv", "--include", "spf,dmarc");

        Assert.Contains("spf.example", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("a.example", run.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_can_be_named_and_left_out()
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "a.example", "--include", "mx,spf,dmarc", "--exclude", "spf", "--zone", ConsoleRun.SampleZone, "--format", "json");

        JsonElement row = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.Equal(JsonValueKind.Null, row.GetProperty("Spf").ValueKind);
        Assert.Equal("Found", row.GetProperty("MxStatus").GetString());
        Assert.Equal("NotChecked", row.GetProperty("MtaStsStatus").GetString());
        Assert.Equal("Unknown", row.GetProperty("Grade").GetString());
    }

    [Fact]
    public async Task The_rules_of_several_providers_and_the_profile_can_be_asked_for()
    {
        ConsoleRun run = await ConsoleRun.Of(
            "audit", "a.example", "--bulk-sender-rule", "google,microsoft", "--profile", "receives-only", "--zone", ConsoleRun.SampleZone, "--format", "json");

        JsonElement row = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.Equal("ReceivesOnly", row.GetProperty("Profile").GetString());
        Assert.Equal(["Google", "Microsoft"], row.GetProperty("BulkSenderRules").EnumerateArray().Select(rule => rule.GetProperty("Provider").GetString()).Distinct());
    }

    [Fact]
    public async Task A_list_tells_the_reasons_and_the_next_steps()
    {
        ConsoleRun run = await ConsoleRun.With(null, 200, "audit", "b.example", "--zone", ConsoleRun.SampleZone, "--format", "list");

        Assert.Contains("GradeReasons     : D DmarcPolicyNone: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("_dmarc.b.example TXT \"v=DMARC1; p=quarantine; rua=mailto:dmarc@b.example\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_look_up_is_an_error_and_a_row()
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "unreachable.test", "--server", "127.0.0.1:1", "--timeout-sec", "1");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("unreachable.test", run.Error, StringComparison.Ordinal);
        Assert.Contains("unreachable.test", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_mistake_of_the_command_line()
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "--file", "no-such-file.txt", "--zone", ConsoleRun.SampleZone);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("no-such-file.txt", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--queries-per-second", "x")]
    [InlineData("--queries-per-second", "")]
    [InlineData("--queries-per-second", "-1")]
    [InlineData("--queries-per-second", "99999999999")]
    [InlineData("--throttle-limit", "many")]
    [InlineData("--shard", "0/3")]
    [InlineData("--shard", "4/3")]
    [InlineData("--shard", "a/b")]
    public async Task A_number_that_cannot_be_is_an_error_of_usage(string option, string value)
    {
        ConsoleRun run = await ConsoleRun.Of("audit", "a.example", "--zone", ConsoleRun.SampleZone, option, value);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains($"'{value}'", run.Error.Replace($"'{option}'", $"'{value}'", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
