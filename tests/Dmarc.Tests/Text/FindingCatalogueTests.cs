using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
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

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_translation_fills_in_what_the_English_text_fills_in(string area)
    {
        foreach (Dictionary<string, string> entry in Read(area))
        {
            Assert.Equal(entry.ContainsKey("text.ja") && entry.ContainsKey("remedy"), entry.ContainsKey("remedy.ja"));
            foreach (string key in entry.Keys.Where(key => key.EndsWith(".ja", StringComparison.Ordinal)))
            {
                string english = entry[key.Substring(0, key.Length - ".ja".Length)];
                Assert.True(Placeholders(english).SetEquals(Placeholders(entry[key])), entry["code"] + " " + key);
            }
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
            Assert.StartsWith("The text", FindingCatalogue.Find("Spf", "SpfVersionMissing", "text"), StringComparison.Ordinal);
            CultureInfo.CurrentUICulture = new CultureInfo("de-DE");
            Assert.DoesNotContain("レポート", FindingCatalogue.Find("Rollout", "RolloutNoReports", "text"), StringComparison.Ordinal);
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

    private static IEnumerable<Type> Types() => typeof(FindingDescriptor).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Findings", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true });

    private static IEnumerable<FieldInfo> Fields(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(field => field.FieldType == typeof(FindingDescriptor));

    private static IEnumerable<FindingDescriptor> DescriptorsOf(string area) =>
        Fields(Types().Single(type => type.Name == area + "Findings")).Select(field => (FindingDescriptor)field.GetValue(null)!);

    /// <summary>The numbers of the placeholders.</summary>
    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b\w+Findings\.\w+")]
    private static partial Regex Used();
}
