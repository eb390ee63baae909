using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class ResolveCommandTests
{
    private static readonly string Zone = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "sources.zone");
    private static readonly string Report = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "sources.xml");

    [Fact]
    public async Task A_report_gives_a_line_for_each_source()
    {
        ConsoleRun run = await ConsoleRun.Of("resolve", Report, "--zone", Zone);

        Assert.Equal(10, run.Lines.Count);
        Assert.Matches("^192.0.2.10 +AlignedSender +1492 +Pass ", run.Lines[2]);
        Assert.Matches("^192.0.2.13 +OwnNetworkMissingFromSpf +64 +Fail ", run.Lines[3]);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Empty(run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public async Task Addresses_come_once_and_in_their_order()
    {
        ConsoleRun run = await ConsoleRun.Of("resolve", "203.0.113.25", "198.51.100.25", "203.0.113.25", "::ffff:198.51.100.25", "--header-from", "contoso.example", "--zone", Zone, "--format", "ndjson");

        JsonElement[] rows = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["203.0.113.25", "198.51.100.25"], rows.Select(row => row.GetProperty("SourceIP").GetString()));
        Assert.Equal("Amazon SES", rows[1].GetProperty("Service").GetString());
        Assert.Equal("Fail", rows[1].GetProperty("SpfCovers").GetString());
        Assert.Equal("CLOUD - Example Cloud, US", rows[1].GetProperty("Owner").GetString());
    }

    [Fact]
    public async Task A_report_that_is_named_twice_counts_once()
    {
        ConsoleRun run = await ConsoleRun.Of("resolve", Report, Report, "--zone", Zone);
        ConsoleRun both = await ConsoleRun.Of("resolve", Report, Report, "--zone", Zone, "--include-duplicate");

        Assert.Matches("^192.0.2.10 +AlignedSender +1492 ", run.Lines[2]);
        Assert.Matches("^192.0.2.10 +AlignedSender +2984 ", both.Lines[2]);
    }

    [Fact]
    public async Task Addresses_are_taken_from_standard_input()
    {
        ConsoleRun run = await ConsoleRun.With("# a list\n203.0.113.25\n\n198.51.100.25\n", 200, "resolve", "--no-network-owner", "--zone", Zone, "--format", "ndjson");

        Assert.Equal(2, run.Lines.Count);
        Assert.DoesNotContain("Example Cloud", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_zone_of_owners_can_be_chosen()
    {
        ConsoleRun run = await ConsoleRun.Of("resolve", "198.51.100.25", "--network-owner-zone", "owners.test", "--zone", Zone, "--verbose");

        Assert.Contains("0.100.51.198.origin.owners.test", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Success, "10.0.0.1")]
    [InlineData(ExitCode.Failure, "nonsense")]
    [InlineData(ExitCode.Usage, "10.0.0.1", "--header-from", "not a domain")]
    [InlineData(ExitCode.Usage, "10.0.0.1", "--network-owner-zone", "..")]
    public async Task The_exit_code_tells_what_came_of_it(int code, params string[] arguments)
    {
        ConsoleRun run = await ConsoleRun.Of(["resolve", "--zone", Zone, .. arguments]);

        Assert.Equal(code, run.ExitCode);
    }

    [Fact]
    public async Task A_look_up_that_fails_is_a_failure()
    {
        ConsoleRun run = await ConsoleRun.Of("resolve", "9.9.9.9", "--server", "127.0.0.1:1", "--timeout-sec", "1", "--format", "ndjson");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.StartsWith("Dns", JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("Status").GetString(), StringComparison.Ordinal);
    }
}
