namespace Dmarc.PowerShell.Tests;

/// <summary>Runs the Pester files, one result each, against the module in <c>out/Dmarc</c>.</summary>
public class PesterTests
{
    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(PowerShellHost.TestFolder, "*.Tests.ps1")
        .Select(file => Path.GetFileName(file))
        .Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Pester(string file)
    {
        Skip.If(PowerShellHost.WhyPesterCannotRun is not null, PowerShellHost.WhyPesterCannotRun);

        PesterResult result = PowerShellHost.RunPester(file);

        Assert.True(
            result.Failures.Count == 0,
            string.Join("\n\n", result.Failures.Select(failure => failure.Name + "\n" + failure.Message)));
        Assert.True(result.Passed > 0, "The file has no test that ran.");
    }
}
