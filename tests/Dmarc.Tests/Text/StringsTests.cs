using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>The texts of the resources in both languages.</summary>
public partial class StringsTests
{
    /// <summary>What stands between the items of a list.</summary>
    private const string Comma = "Text_Comma";

    /// <summary>Texts that are names, numbers and punctuation alone.</summary>
    private static readonly string[] WithoutWords = ["Page_FactsWithTime", Comma, "Text_NextSentence", "Views_FindingWithReference"];

    private static readonly string[] MadeNames = ["CompositeReason_", "Forefront_", "Grade_", "Page_"];

    private static readonly XElement[] English = Entries("Strings.resx");
    private static readonly XElement[] Japanese = Entries("Strings.ja.resx");

    [Fact]
    public void Both_languages_have_the_same_texts_in_the_same_order()
    {
        Assert.NotEmpty(English);
        Assert.Equal(English.Select(Name), Japanese.Select(Name));
        Assert.Equal(English.Length, English.Select(Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Both_languages_fill_in_the_same_with_the_same_formats() =>
        Assert.Empty(English.Zip(Japanese)
            .Where(pair => !Placeholders(Text(pair.First)).SetEquals(Placeholders(Text(pair.Second))))
            .Select(pair => Name(pair.First)));

    [Fact]
    public void English_is_English_and_Japanese_is_Japanese()
    {
        Assert.Empty(English.Where(entry => Kana().IsMatch(Text(entry))).Select(Name));
        Assert.Equal(WithoutWords, Japanese.Where(entry => !Kana().IsMatch(Text(entry))).Select(Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Two blanks, a plural in parentheses, half-width kana, blanks beside full-width punctuation, two words for a number, words that the glossary replaces.</summary>
    [Fact]
    public void No_text_is_ill_set() =>
        Assert.Empty(English.Concat(Japanese)
            .Where(entry => Name(entry) != Comma && IllSet().IsMatch(Text(entry)))
            .Concat(Japanese.Where(entry => IllSetJapanese().IsMatch(Text(entry)) || FindingCatalogueTests.ForeignWord().IsMatch(Text(entry))))
            .Select(entry => Name(entry) + ": " + Text(entry)));

    [Fact]
    public void Every_text_takes_its_arguments()
    {
        object[] arguments = [.. Enumerable.Repeat((object)1, 12)];
        foreach (XElement entry in English.Concat(Japanese))
        {
            string filled = Sentences.Fill(Text(entry), arguments);
            Assert.DoesNotMatch(@"\{\d", filled);
        }
    }

    /// <summary>Nobody translates what is not shown. The names of some are put together: by the rule, the section of the page, the value.</summary>
    [Fact]
    public void Each_text_is_used()
    {
        HashSet<string> used = [.. Directory.EnumerateFiles(TestFiles.Repository("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Used().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))];
        Assert.DoesNotContain(English.Select(Name), name => !used.Contains(name) && !Array.Exists(MadeNames, made => name.StartsWith(made, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("en-US", "A. B.")]
    [InlineData("ja-JP", "A.B.")]
    [InlineData("de-DE", "A. B.")]
    public void Sentences_follow_each_other_as_the_language_sets_them(string language, string expected) => Language.In(language, () =>
    {
        Assert.Equal(expected, Sentences.Join("A.", "", null, "B."));
        Assert.Equal("A.", Sentences.Join("A.", ""));
        Assert.Equal("B.", Sentences.Join(null, "B."));
        Assert.Equal("", Sentences.Join());
        Assert.Equal("a" + Strings.Text_Comma + "b", Sentences.List(["a", "b"]));
    });

    private static XElement[] Entries(string file) => [.. XDocument.Load(TestFiles.Repository("src", "Dmarc", file)).Root!.Elements("data")];

    private static string Name(XElement entry) => entry.Attribute("name")!.Value;

    private static string Text(XElement entry) => entry.Element("value")!.Value;

    /// <summary>The numbers of the placeholders with their formats; words for one and many are what their number is.</summary>
    private static HashSet<string> Placeholders(string text)
    {
        HashSet<string> all = [.. Placeholder().Matches(text).Select(match =>
            match.Groups[2].Value.Contains('|', StringComparison.Ordinal) ? match.Groups[1].Value : match.Groups[1].Value + match.Groups[2].Value)];

        // "{0:N0} {0:row|rows}" shows the number once.
        all.RemoveWhere(one => !one.Contains(':', StringComparison.Ordinal) && all.Any(other => other.StartsWith(one + ":", StringComparison.Ordinal)));
        return all;
    }

    [GeneratedRegex(@"(?<!\{)\{(\d+)(:[^}]+)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bStrings\.(\w+)")]
    private static partial Regex Used();

    [GeneratedRegex(@"[\u3040-\u30FF\u4E00-\u9FFF]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"  |\(s\)|[\uFF61-\uFF9F]|^ | $|\n")]
    private static partial Regex IllSet();

    [GeneratedRegex(@" [、。，：（）「」]|[、。，：（）「」] |\{\d+:[^}]*\||[\u3040-\u30FF\u4E00-\u9FFF][A-Za-z0-9]|[A-Za-z0-9][\u3040-\u30FF\u4E00-\u9FFF]"
        + @"|[\u3040-\u30FF\u4E00-\u9FFF] [\u3040-\u30FF\u4E00-\u9FFF]|[\u3040-\u30FF\u4E00-\u9FFF][,.:;!?()]|[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]")]
    private static partial Regex IllSetJapanese();
}
