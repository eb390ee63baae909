using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dmarc.PowerShell.Tests;

/// <summary>One version of PowerShell: the one that the tests run is the one that the commands of the documentation start.</summary>
public partial class PinnedVersionTests
{
    [Fact]
    public void The_tool_manifest_has_the_version_of_the_tests()
    {
        string manifest = File.ReadAllText(Path.Combine(PowerShellHost.RepositoryRoot, ".config", "dotnet-tools.json"));

        Assert.Equal(
            PowerShellHost.PowerShellVersion,
            JsonDocument.Parse(manifest).RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ja.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("build.ps1")]
    [InlineData("docs/scale.md")]
    [InlineData("tests/Dmarc.PowerShell.Tests/Invoke-PesterFile.ps1")]
    public void Commands_name_the_version_of_the_tests(string file)
    {
        string text = File.ReadAllText(Path.Combine(PowerShellHost.RepositoryRoot, file));

        Assert.Equal([PowerShellHost.PowerShellVersion], ToolVersion().Matches(text).Select(match => match.Groups[1].Value).Distinct());
    }

    [GeneratedRegex(@"PowerShell@(\d+\.\d+\.\d+)")]
    private static partial Regex ToolVersion();
}
