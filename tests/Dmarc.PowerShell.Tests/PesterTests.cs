using System.Collections.Concurrent;

namespace Dmarc.PowerShell.Tests;

/// <summary>
/// Runs the Pester files against the module in <c>out/Dmarc</c>, one result for each Pester test. A file runs once, when
/// the first of its tests is asked for.
/// </summary>
public class PesterTests
{
    private static readonly string[] AllFiles = [.. Directory
        .EnumerateFiles(PowerShellHost.TestFolder, "*.Tests.ps1")
        .Select(file => Path.GetFileName(file))
        .Order(StringComparer.Ordinal)];

    private static readonly Lazy<PesterRun> Found = new(() => PowerShellHost.RunPester(discoveryOnly: true, AllFiles));
    private static readonly ConcurrentDictionary<string, Lazy<PesterRun>> Runs = new(StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. AllFiles];

    public static TheoryData<PesterTest> Tests =>
        [.. Found.Value.Tests.Select(outcome => new PesterTest(outcome.File, outcome.Name))];

    [SkippableTheory]
    [MemberData(nameof(Tests))]
    public void Pester(PesterTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        PesterRun run = Run(test.File);
        PesterOutcome? outcome = run.Tests.SingleOrDefault(outcome => outcome.Name == test.Name);

        Assert.True(outcome is not null, "The test was found but did not run.\n" + string.Join('\n', run.Errors));
        Skip.If(outcome.Result == "Skipped", "Pester skipped it. " + outcome.Message);
        Assert.True(
            outcome.Result == "Passed",
            outcome.Result + ": " + (outcome.Message.Length > 0 ? outcome.Message : string.Join('\n', run.Errors)));
    }

    /// <summary>No test is lost between finding and running, and nothing failed outside of tests.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void EveryTestFoundRuns(string file)
    {
        PesterRun run = Run(file);

        Assert.Empty(run.Errors);
        Assert.NotEmpty(run.Tests);
        Assert.Equal(
            Found.Value.Tests.Where(outcome => outcome.File == file).Select(outcome => outcome.Name),
            run.Tests.Select(outcome => outcome.Name));
    }

    [Fact]
    public void FindingTestsFailsNowhere() => Assert.Empty(Found.Value.Errors);

    private static PesterRun Run(string file) =>
        Runs.GetOrAdd(file, name => new(() => PowerShellHost.RunPester(discoveryOnly: false, name))).Value;
}
