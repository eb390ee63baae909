using System.Text.RegularExpressions;
using Dmarc.Tests.Support;

namespace Dmarc.Tests;

/// <summary>The pages of the repository lead somewhere, and the decisions are all in their index.</summary>
public class DocumentationTests
{
    private static readonly Regex Link = new(@"\]\((?<target>[^)\s]+)\)");
    private static readonly Regex SourcePath = new(@"`(?<path>(?:src|tests|docs|tools)/[A-Za-z0-9_./-]+)`");

    public static TheoryData<string> Pages()
    {
        TheoryData<string> pages = [];
        string root = TestFiles.Repository();
        string[] folders = ["docs", Path.Combine("tests", "Dmarc.Benchmarks"), Path.Combine("tests", "Dmarc.Fuzz")];
        IEnumerable<string> files = folders
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(root, "*.md"))
            .Select(file => file.Substring(root.Length).TrimStart(Path.DirectorySeparatorChar).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/"));
        foreach (string file in files.OrderBy(file => file, StringComparer.Ordinal))
        {
            pages.Add(file);
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_and_paths_lead_to_files(string page)
    {
        string file = TestFiles.Repository(page.Split('/'));
        string text = File.ReadAllText(file);
        string folder = Path.GetDirectoryName(file)!;
        IEnumerable<string> links = Link.Matches(text).Cast<Match>()
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(":"))
            .Select(target => Path.Combine(folder, target));
        // The change log also speaks of what is gone.
        IEnumerable<string> paths = page == "CHANGELOG.md" ? [] : SourcePath.Matches(text).Cast<Match>()
            .Select(match => TestFiles.Repository(match.Groups["path"].Value.Split('/')));

        Assert.All(links.Concat(paths), path => Assert.True(File.Exists(path) || Directory.Exists(path), path));
    }

    [Fact]
    public void Every_decision_is_in_the_index_under_its_title()
    {
        string folder = TestFiles.Repository("docs", "decisions");
        string index = File.ReadAllText(Path.Combine(folder, "README.md"));

        foreach (string file in Directory.GetFiles(folder, "*.md").Where(file => Path.GetFileName(file) != "README.md"))
        {
            string title = File.ReadAllLines(file)[0].Substring("# ".Length);
            Assert.Contains($"- [{title}]({Path.GetFileName(file)})", index, StringComparison.Ordinal);
        }
    }
}
