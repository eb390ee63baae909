using System.Reflection;
using Dmarc.Build.Catalogue;

namespace Dmarc.PowerShell.Tests.Build;

/// <summary>The catalogue of findings that the build made is complete and true.</summary>
public class FindingPagesTests
{
    private static readonly IReadOnlyList<FindingArea> Areas = FindingArea.ReadAll(Assembly.Load("Dmarc"));

    [Fact]
    public void The_page_in_the_module_is_that_of_the_core() =>
        Assert.Equal(FindingPages.Markdown(Areas), Read("findings.md"));

    [Fact]
    public void The_help_topic_names_each_finding_with_its_severity_and_remedy()
    {
        string topic = Read("en-US", "about_Dmarc_Findings.help.txt");
        Assert.InRange(Areas.Sum(area => area.Findings.Count), 400, int.MaxValue);
        Assert.All(Areas.SelectMany(area => area.Findings), finding =>
            Assert.Contains($"\n    {finding.Code} ({finding.Severity}", topic, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\{\d", topic);
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([PowerShellHost.RepositoryRoot, "out", "Dmarc", .. path]));
}
