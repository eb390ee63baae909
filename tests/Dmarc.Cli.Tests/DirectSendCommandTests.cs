using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class DirectSendCommandTests
{
    private static readonly string Samples = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples");
    private static readonly string Zone = Path.Combine(Samples, "direct-send.zone");

    [Fact]
    public async Task Every_verdict_that_DNS_can_give_is_in_the_sample_zone()
    {
        ConsoleRun run = await RunAsync("contoso.example", "open.example", "elsewhere.example", "broken.example", "--format", "ndjson");

        Assert.Equal(["PossiblyExposed", "LikelyExposed", "NotApplicable", "Unknown"], run.Lines.Select(line => Member(line, "Verdict")));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("broken-example.mail.protection.outlook.com", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", "connectors", "contoso.example", "Mitigated")]
    [InlineData("open", "connectors", "gateway.example", "LikelyExposed")]
    [InlineData("open", "connectors-lock", "gateway.example", "Protected")]
    [InlineData("closed", "connectors", "contoso.example", "Protected")]
    [InlineData("closed", "connectors", "elsewhere.example", "NotApplicable")]
    public async Task Settings_come_from_JSON_files(string organization, string connectors, string domain, string verdict)
    {
        ConsoleRun run = await RunAsync(
            domain,
            "--organization-config", Tenant("organization-" + organization + ".json"),
            "--inbound-connector", Tenant(connectors + ".json"),
            "--accepted-domain", Tenant("domains.json"),
            "--format", "ndjson");

        Assert.Equal(verdict, Member(run.Lines[0], "Verdict"));
    }

    [Fact]
    public async Task A_trace_and_messages_are_evidence()
    {
        ConsoleRun run = await RunAsync(
            "contoso.example", "fabrik.example", "--message-trace", Tenant("trace.csv"), "--message", Path.Combine(Samples, "messages"), "--format", "ndjson");

        JsonElement[] evidence = [.. JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("Evidence").EnumerateArray()];
        Assert.Equal(
            ["192.0.2.17 Legitimate 2", "203.0.113.66 Spoof 2", "192.0.2.20 Legitimate 1"],
            evidence.Select(one => $"{one.GetProperty("SourceIP")} {one.GetProperty("Verdict")} {one.GetProperty("Count")}"));
        JsonElement message = Assert.Single(JsonDocument.Parse(run.Lines[1]).RootElement.GetProperty("Evidence").EnumerateArray());
        Assert.Equal("203.0.113.77 Spoof", $"{message.GetProperty("SourceIP")} {message.GetProperty("Verdict")}");
        Assert.Equal(ExitCode.Findings, run.ExitCode);
    }

    [Fact]
    public async Task The_list_has_the_steps_with_their_commands()
    {
        ConsoleRun run = await ConsoleRun.With(
            null, 200, "direct-send", "contoso.example", "--zone", Zone, "--message-trace", Tenant("trace.csv"), "--format", "list");

        Assert.Contains("PS> Set-OrganizationConfig -RejectDirectSend $true", run.Output, StringComparison.Ordinal);
        Assert.Contains("-SenderIPAddresses '192.0.2.17', '192.0.2.20'", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Success, "contoso.example")]
    [InlineData(ExitCode.Success, "*.contoso.example")]
    [InlineData(ExitCode.Failure, "not a domain")]
    [InlineData(ExitCode.Failure, "contoso.example", "--message-trace", "no-such-file.csv")]
    [InlineData(ExitCode.Failure, "contoso.example", "--message-trace", "organization-open.json")]
    [InlineData(ExitCode.Usage, "contoso.example", "--organization-config", "no-such-file.json")]
    [InlineData(ExitCode.Usage, "contoso.example", "--probe")]
    [InlineData(ExitCode.Usage, "contoso.example", "--probe", "--probe-recipient", "a b")]
    [InlineData(ExitCode.Usage, "contoso.example", "--probe", "--probe-recipient", "a", "--probe-endpoint", "host:x")]
    public async Task The_exit_code_says_what_was_found(int code, params string[] arguments) =>
        Assert.Equal(code, (await RunAsync([.. arguments.Select(argument => argument == "organization-open.json" ? Tenant(argument) : argument)])).ExitCode);

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        ConsoleRun run = await RunAsync("contoso.example", "--inbound-connector", Tenant("organization-open.json"));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--inbound-connector", run.Error, StringComparison.Ordinal);
    }

    private static Task<ConsoleRun> RunAsync(params string[] arguments) => ConsoleRun.Of(["direct-send", .. arguments, "--zone", Zone]);

    private static string Tenant(string name) => Path.Combine(Samples, "tenant", name);

    private static string? Member(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString();
}
