using System.Text.RegularExpressions;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Text;

/// <summary>The rules of docs/ja/glossary.md in the pages for people: the help, the guides and README.ja.md.</summary>
public partial class JapanesePagesTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(TestFiles.Repository("docs", "ja"), "*.md", SearchOption.AllDirectories)
            .Append(TestFiles.Repository("README.ja.md"))
            .Append(TestFiles.Repository("src", "Dmarc.PowerShell", "ja", "about_Dmarc.help.txt"))
            .Where(file => Path.GetFileName(file) != "glossary.md")
            .Select(file => Path.GetRelativePath(TestFiles.Repository(), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_uses_the_words_of_the_glossary_and_sets_them_so(string page)
    {
        string text = Code().Replace(File.ReadAllText(TestFiles.Repository(page.Split('/'))), "x");

        Assert.Empty(FindingCatalogueTests.ForeignWord().Matches(text).Concat(Missetting().Matches(text)).Select(match =>
            text[Math.Max(0, match.Index - 20)..Math.Min(text.Length, match.Index + 20)]));
    }

    /// <summary>Blocks of code, code in a line, indented lines of code, and where links lead.</summary>
    [GeneratedRegex(@"```.*?```|`[^`\n]*`|^    \S*[A-Za-z$].*$|(?<=\])\([^)\n]*\)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    /// <summary>Half-width katakana, full-width letters and digits, and half-width punctuation after Japanese.</summary>
    [GeneratedRegex(@"[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF61-\uFF9F]|[\u3040-\u30FF\u4E00-\u9FFF][,;!?]")]
    private static partial Regex Missetting();
}
