namespace Dmarc.Cli.Tests;

public class MeasureCommandTests
{
    private static readonly string Samples = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "reports");

    [Fact]
    public async Task Adds_up_what_it_reads()
    {
        ConsoleRun run = await ConsoleRun.With(null, 120, "measure", Samples);

        Assert.StartsWith("Group", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Total", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal(3, run.Lines.Count);
    }

    [Theory]
    [InlineData("--group-by", "header-from,month")]
    [InlineData("--group-by", "HeaderFrom,Month")]
    public async Task Groups_as_it_is_told(params string[] options)
    {
        ConsoleRun run = await ConsoleRun.Of(["measure", Samples, .. options, "--top", "1", "--format", "csv"]);

        Assert.Contains("PassRate", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(3, run.Lines.Count);
        Assert.StartsWith("(rest),", run.Lines[2], StringComparison.Ordinal);
    }

    /// <summary>What a message about a limit advises is understood by each command that reads reports.</summary>
    [Theory]
    [InlineData("measure")]
    [InlineData("rollout", "--no-lookup")]
    [InlineData("resolve", "--no-network-owner", "--zone", "none.zone")]
    public async Task A_limit_of_the_reader_can_be_set(string command, params string[] options)
    {
        string report = Path.Combine(Samples, "campus.example.eml");
        string zone = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "sources.zone");
        string[] arguments = [command, report, .. options.Select(option => option == "none.zone" ? zone : option)];

        ConsoleRun met = await ConsoleRun.Of([.. arguments, "--read-limit", "MaxDecompressedBytes=10"]);
        ConsoleRun wrong = await ConsoleRun.Of([.. arguments, "--read-limit", "Nonsense=10"]);

        Assert.Contains("--read-limit MaxDecompressedBytes=", met.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, wrong.ExitCode);
    }

    [Fact]
    public async Task A_grouping_that_is_none_is_a_mistake_of_usage()
    {
        ConsoleRun run = await ConsoleRun.Of("measure", Samples, "--group-by", "colour");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("header-from", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_failure_beside_the_total()
    {
        ConsoleRun run = await ConsoleRun.Of("measure", Path.Combine(Samples, "none.xml"), "-f", "ndjson");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("\"Messages\":0", run.Output, StringComparison.Ordinal);
    }
}
