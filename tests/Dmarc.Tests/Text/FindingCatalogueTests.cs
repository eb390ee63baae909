using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>The files of the catalogue: what the build makes of them, what they say in each language, and that each entry is used.</summary>
public partial class FindingCatalogueTests
{
    private static readonly string Folder = TestFiles.Repository("src", "Dmarc", "Catalogue", "Findings");
    private static readonly string[] Keys = ["severity", "section", "text", "remedy", "text.ja", "remedy.ja"];

    public static TheoryData<string> Areas => [.. Directory.GetFiles(Folder, "*.ini").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Areas))]
    public void Each_entry_is_a_field_with_its_severity_section_and_words(string area)
    {
        Dictionary<string, string>[] entries = [.. Read(area)];
        FindingDescriptor[] descriptors = [.. DescriptorsOf(area)];

        Assert.NotEmpty(entries);
        Assert.Equal(entries.Select(entry => entry["code"]), descriptors.Select(descriptor => descriptor.Code));
        foreach ((Dictionary<string, string> entry, FindingDescriptor descriptor) in entries.Zip(descriptors))
        {
            Assert.Equal(entry["severity"], descriptor.Severity.ToString());
            Assert.Equal(entry.GetValueOrDefault("section", ""), descriptor.Reference);
            Assert.Equal(entry["text"], descriptor.MessageFormat);
            Assert.Equal(entry.GetValueOrDefault("remedy", ""), descriptor.RemedyFormat);
            Assert.NotEqual("", entry["text"]);
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_file_has_known_keys_only_and_none_twice(string area)
    {
        foreach (Dictionary<string, string> entry in Read(area))
        {
            Assert.DoesNotContain(entry.Keys, key => key != "code" && !Keys.Contains(key));
        }
    }

    /// <summary>The Japanese text stands right after the English one, so that who changes the one sees the other.</summary>
    [Theory]
    [MemberData(nameof(Areas))]
    public void Each_text_is_there_in_both_languages(string area)
    {
        foreach (Dictionary<string, string> entry in Read(area))
        {
            string[] expected = entry.ContainsKey("remedy") ? ["text", "text.ja", "remedy", "remedy.ja"] : ["text", "text.ja"];
            string[] texts = [.. entry.Keys.Where(key => key is not ("code" or "severity" or "section"))];
            Assert.True(texts.SequenceEqual(expected), entry["code"] + ": " + string.Join(", ", texts));
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_translation_fills_in_what_the_English_text_fills_in(string area)
    {
        foreach ((string name, string english, string japanese) in Pairs(area))
        {
            Assert.True(Placeholders(english).SetEquals(Placeholders(japanese)), name);

            // Numbers are written in the same form; the words for one and for several are English alone.
            Assert.All(Formats(japanese), format => Assert.Contains(format, Formats(english)));
            object[] values = [.. Enumerable.Repeat((object)"x", 12)];
            Assert.All([english, japanese], text => Assert.DoesNotMatch(Unfilled(), Sentences.Fill(text, values)));
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_text_is_of_one_language(string area)
    {
        foreach ((string name, string english, string japanese) in Pairs(area))
        {
            Assert.False(Japanese().IsMatch(english), name + ": " + english);
            Assert.True(Japanese().IsMatch(japanese) || Placeholder().Replace(japanese, "").Length == 0, name + ": " + japanese);
        }
    }

    /// <summary>The rules of docs/ja/glossary.md that a machine can hold.</summary>
    [Theory]
    [MemberData(nameof(Areas))]
    public void Japanese_is_set_as_the_glossary_says(string area)
    {
        foreach ((string name, _, string japanese) in Pairs(area))
        {
            Assert.False(Missetting().IsMatch(japanese), name + ": " + Missetting().Match(japanese).Value + " in " + japanese);
            Assert.False(ForeignWord().IsMatch(japanese), name + ": " + ForeignWord().Match(japanese).Value + " in " + japanese);
        }
    }

    /// <summary>Nobody needs an entry that no code makes a finding of.</summary>
    [Fact]
    public void Each_entry_is_used()
    {
        string code = string.Concat(Directory.GetFiles(TestFiles.Repository("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        HashSet<string> used = [.. Used().Matches(code).Select(match => match.Value)];
        string[] unused =
        [
            .. Types().SelectMany(type => Fields(type).Select(field => type.Name + "." + field.Name)).Where(name => !used.Contains(name)),
        ];
        Assert.Empty(unused);
    }

    [Fact]
    public void The_words_are_those_of_the_language_of_the_user_and_English_where_there_are_none()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("ja-JP");
            Assert.Contains("レポート", FindingCatalogue.Find("Rollout", "RolloutNoReports", "text"), StringComparison.Ordinal);
            Assert.Contains("レコード", SpfFindings.VersionMissing.Create().Message, StringComparison.Ordinal);
            Assert.EndsWith("ください。", SpfFindings.VersionMissing.Create().Remedy, StringComparison.Ordinal);
            CultureInfo.CurrentUICulture = new CultureInfo("de-DE");
            Assert.StartsWith("The text", SpfFindings.VersionMissing.Create().Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>All kinds of findings.</summary>
    internal static IEnumerable<FindingDescriptor> Descriptors() =>
        Types().SelectMany(Fields).Select(field => (FindingDescriptor)field.GetValue(null)!);

    private static IEnumerable<Dictionary<string, string>> Read(string area)
    {
        Dictionary<string, string>? entry = null;
        foreach (string line in File.ReadLines(Path.Combine(Folder, area + ".ini")))
        {
            if (line.StartsWith('['))
            {
                if (entry is not null)
                {
                    yield return entry;
                }

                entry = new Dictionary<string, string> { ["code"] = line.Trim('[', ']') };
            }
            else if (entry is not null && line.Length > 0)
            {
                string[] parts = line.Split(" = ", 2);
                entry.Add(parts[0], parts[1]);
            }
        }

        yield return entry!;
    }

    /// <summary>The texts of an area in English and Japanese.</summary>
    private static IEnumerable<(string Name, string English, string Japanese)> Pairs(string area) => Read(area)
        .SelectMany(entry => entry.Keys
            .Where(key => key is "text" or "remedy")
            .Select(key => (entry["code"] + " " + key, entry[key], entry[key + ".ja"])));

    private static IEnumerable<Type> Types() => typeof(FindingDescriptor).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Findings", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true });

    private static IEnumerable<FieldInfo> Fields(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(field => field.FieldType == typeof(FindingDescriptor));

    private static IEnumerable<FindingDescriptor> DescriptorsOf(string area) =>
        Fields(Types().Single(type => type.Name == area + "Findings")).Select(field => (FindingDescriptor)field.GetValue(null)!);

    /// <summary>The numbers of the placeholders.</summary>
    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value)];

    /// <summary>The placeholders with their formats, but for those that choose a word.</summary>
    private static HashSet<string> Formats(string text) =>
    [
        .. Placeholder().Matches(text)
            .Select(match => match.Value)
            .Select(value => value.Contains('|', StringComparison.Ordinal) ? value.Split(':')[0] + "}" : value),
    ];

    [GeneratedRegex(@"(?<!\{)\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{\d|\(s\)|  ")]
    private static partial Regex Unfilled();

    [GeneratedRegex(@"[\u3040-\u30FF\u4E00-\u9FFF]")]
    private static partial Regex Japanese();

    /// <summary>
    /// Half-width katakana, full-width letters and digits, words for one and several, blanks at Japanese punctuation, half-width punctuation
    /// after Japanese, and letters, digits or placeholders right beside Japanese.
    /// </summary>
    [GeneratedRegex(@"[\uFF10-\uFF19\uFF21-\uFF5A\uFF61-\uFF9F]|\{\d+:[^}]*\||\(s\)|  | [、。：）」]|[、。：（「] |[\u3040-\u30FF\u4E00-\u9FFF][,.:;!?()]"
        + @"|[\u3040-\u30FF\u4E00-\u9FFF][A-Za-z0-9'""]|[A-Za-z0-9'""}%][\u3040-\u30FF\u4E00-\u9FFF]")]
    private static partial Regex Missetting();

    /// <summary>Words for which the glossary has another one.</summary>
    [GeneratedRegex("詐称|偽装|他人|フォレンジック|文法|配送(?!経路)|名前サーバー|ルックアップ|サーバ(?!ー)|ヘッダ(?!ー)|セレクタ(?!ー)|コネクター|(?<!自)分か[るりられっん]|出来る|下さい|全て"
        + "|(?<!その)他の|既に|評判|標準(に|から|で定)|送信先|A-label")]
    internal static partial Regex ForeignWord();

    [GeneratedRegex(@"\b\w+Findings\.\w+")]
    private static partial Regex Used();
}
