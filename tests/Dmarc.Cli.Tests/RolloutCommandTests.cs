namespace Dmarc.Cli.Tests;

public class RolloutCommandTests
{
    private static readonly string Samples = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "reports");

    [Fact]
    public async Task Shows_a_line_for_each_domain()
    {
        ConsoleRun run = await ConsoleRun.With(null, 120, "rollout", Samples, "--domain", "contoso.example", "--no-lookup");

        Assert.StartsWith("Domain", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("contoso.example", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal(3, run.Lines.Count);
    }

    [Fact]
    public async Task Findings_of_severity_Error_are_told_by_the_exit_code()
    {
        ConsoleRun none = await ConsoleRun.Of("rollout", Samples, "--domain", "nobody.example", "--zone", ConsoleRun.SampleZone, "-f", "ndjson");

        Assert.Equal(ExitCode.Findings, none.ExitCode);
        Assert.Contains("\"Status\":\"NoRecord\"", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_text_of_a_record()
    {
        ConsoleRun run = await ConsoleRun.Of("rollout", Samples, "--domain", "contoso.example", "--record", "v=DMARC1; p=none; rua=mailto:d@contoso.example", "-f", "json");

        Assert.Contains("\"Stage\": \"Monitor\"", run.Output, StringComparison.Ordinal);
        ConsoleRun several = await ConsoleRun.Of("rollout", Samples, "--domain", "a.example", "--domain", "b.example", "--record", "v=DMARC1; p=none");
        Assert.Equal(ExitCode.Usage, several.ExitCode);
        Assert.Contains("--record", several.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_that_is_none_is_a_mistake_of_usage() =>
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("rollout", Samples, "--domain", "no domain")).ExitCode);

    [Fact]
    public async Task A_failed_look_up_is_a_failure()
    {
        ConsoleRun run = await ConsoleRun.Of("rollout", Samples, "--domain", "contoso.example", "--server", "127.0.0.1:5432", "--timeout-sec", "1", "-f", "ndjson");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("\"Verdict\":\"Unknown\"", run.Output, StringComparison.Ordinal);
    }
}
