using System.Globalization;
using System.Reflection;
using Dmarc.Build.Catalogue;
using Dmarc.Build.Help;

namespace Dmarc.PowerShell.Tests.Build;

/// <summary>The catalogue of findings that the build made is complete and true.</summary>
public class FindingPagesTests
{
    private static readonly IReadOnlyList<FindingArea> Areas = FindingArea.ReadAll(Assembly.Load("Dmarc"));

    [Fact]
    public void The_page_in_the_module_is_that_of_the_core() =>
        Assert.Equal(FindingPages.Markdown(Areas), Read("findings.md"));

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja")]
    public void The_help_topic_names_each_finding_with_its_severity_and_remedy(string culture)
    {
        string topic = Read(culture, "about_Dmarc_Findings.help.txt");
        Assert.InRange(Areas.Sum(area => area.Findings.Count), 400, int.MaxValue);
        Assert.All(Areas.SelectMany(area => area.Findings), finding =>
            Assert.Contains($"\n    {finding.Code} ({finding.Severity}", topic, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\{\d", topic);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja")]
    public void The_help_topic_has_the_texts_of_its_language(string culture)
    {
        string topic = Read(culture, "about_Dmarc_Findings.help.txt");
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(FindingPages.Topic(Areas, HelpLanguage.All.Single(language => language.Culture == culture).FindingTopic), topic);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([PowerShellHost.RepositoryRoot, "out", "Dmarc", .. path]));
}
