using System.Text.RegularExpressions;

namespace Dmarc.Cli.Tests;

/// <summary>The console mirrors the cmdlets: what a help page describes (the build compares it with the cmdlet) is an option.</summary>
public partial class ParityTests
{
    /// <summary>Given as arguments, or by standard input, on a command line.</summary>
    private static readonly string[] Arguments = ["Domain", "Path", "LiteralPath", "InputObject", "ReferenceObject", "DifferenceObject"];

    /// <summary>Bound from the objects of another cmdlet, which the console does not have.</summary>
    private static readonly string[] FromObjects = ["RecordDomain", "Status", "Source"];

    [Theory]
    [InlineData("record", "Get-DmarcRecord", true)]
    [InlineData("spf", "Test-SpfRecord", true)]
    [InlineData("audit", "Test-MailDomain", true)]
    [InlineData("compare", "Compare-MailDomain", false)]
    [InlineData("new", "New-DmarcRecord", false)]
    [InlineData("import", "Import-DmarcReport", false)]
    [InlineData("html", "Export-DmarcReport", false)]
    [InlineData("resolve", "Resolve-DmarcSource", false)]
    [InlineData("measure", "Measure-DmarcReport", false)]
    [InlineData("direct-send", "Test-DirectSendExposure", true)]
    [InlineData("rollout", "Get-DmarcRollout", true)]
    public async Task Every_parameter_is_an_option(string command, string cmdlet, bool asksDns)
    {
        string help = (await ConsoleRun.With(null, 200, command, "--help")).Output;
        string text = File.ReadAllText(Path.Combine(ConsoleRun.RepositoryRoot, "docs", "commands", cmdlet + ".md"));
        if (asksDns)
        {
            text += File.ReadAllText(Path.Combine(ConsoleRun.RepositoryRoot, "docs", "commands", "common-parameters.md"));
        }

        string[] parameters = [.. Parameter().Matches(text).Select(match => match.Groups[1].Value).Except(Arguments).Except(FromObjects)];

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.Contains("--" + Kebab(parameter), help, StringComparison.Ordinal));
    }

    private static string Kebab(string name) => WordStart().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("^### -(\\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex("(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();
}
