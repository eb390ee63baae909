using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>
/// Every kind of finding has its words, and a row in docs/findings.md. Run these tests with DMARC_UPDATE_DOCS=1 in the
/// environment to write that file anew.
/// </summary>
public class FindingsCatalogueTests
{
    private static readonly string Path = TestFiles.Repository("docs", "findings.md");

    private static IEnumerable<Type> Areas() => typeof(FindingDescriptor).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Findings", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true })
        .Where(type => Descriptors(type).Any())
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static IEnumerable<FindingDescriptor> Descriptors(Type area) => area
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType == typeof(FindingDescriptor))
        .Select(field => (FindingDescriptor)field.GetValue(null)!);

    [Fact]
    public void Every_descriptor_has_a_message_and_a_remedy_that_take_their_arguments()
    {
        object[] arguments = ["a", "b", "c", "d", "e", "f", "g", "h"];
        FindingDescriptor[] all = [.. Areas().SelectMany(Descriptors)];
        Assert.NotEmpty(all);
        foreach (FindingDescriptor descriptor in all)
        {
            Finding finding = descriptor.Create(arguments);
            Assert.False(string.IsNullOrWhiteSpace(finding.Message), descriptor.Code + " has no message.");
            Assert.Matches("^[A-Z][A-Za-z0-9]+$", descriptor.Code);
        }
    }

    [Fact]
    public void No_code_is_used_twice()
    {
        string[] codes = [.. Areas().SelectMany(Descriptors).Select(descriptor => descriptor.Code)];
        Assert.Equal(codes.Distinct(StringComparer.OrdinalIgnoreCase).Count(), codes.Length);
    }

    [Fact]
    public void The_catalogue_is_complete_and_true()
    {
        string expected = Write();
        if (Environment.GetEnvironmentVariable("DMARC_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Path, expected);
        }

        string actual = File.Exists(Path) ? File.ReadAllText(Path).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        string[] missing = [.. expected.Split('\n').Except(actual.Split('\n'))];
        string[] tooMany = [.. actual.Split('\n').Except(expected.Split('\n'))];
        Assert.True(
            missing.Length == 0 && tooMany.Length == 0 && expected == actual,
            "docs/findings.md is out of date. Write it anew with: DMARC_UPDATE_DOCS=1 dotnet test tests/Dmarc.Tests --filter FullyQualifiedName~FindingsCatalogue\n"
                + "missing: " + string.Join("\n", missing.Take(5)) + "\ntoo many: " + string.Join("\n", tooMany.Take(5)));
    }

    private static string Write()
    {
        StringBuilder text = new();
        text.Append("# Findings\n\n");
        text.Append("What the commands report beside their results: each finding has a stable code to filter by, such as\n");
        text.Append("`Where-Object { $_.Findings.Code -contains 'DmarcPolicyNone' }`. An `…` stands for a value of the input.\n\n");
        text.Append("Severities: *Error* does not work or leaves the domain open; *Warning* works, but not as intended or not as well;\n");
        text.Append("*Information* is worth knowing.\n\n");
        text.Append("This file is written by the tests (`DMARC_UPDATE_DOCS=1 dotnet test tests/Dmarc.Tests --filter FullyQualifiedName~FindingsCatalogue`).\n");
        foreach (Type area in Areas())
        {
            text.Append("\n## ").Append(area.Name[..^"Findings".Length]).Append("\n\n");
            text.Append("| code | severity | meaning | what to do | reference |\n| --- | --- | --- | --- | --- |\n");
            foreach (FindingDescriptor descriptor in Descriptors(area))
            {
                text.Append("| `").Append(descriptor.Code)
                    .Append("` | ").Append(descriptor.Severity)
                    .Append(" | ").Append(Cell(descriptor.MessageFormat))
                    .Append(" | ").Append(Cell(descriptor.RemedyFormat))
                    .Append(" | ").Append(Cell(descriptor.Reference)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(string text) =>
        Placeholder.Replace(Many.Replace(text, "$1"), "…").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ').Trim();

    private static readonly Regex Many = new(@"\{\d+:[^}|]*\|([^}]*)\}");

    private static readonly Regex Placeholder = new(@"\{\d+(:[^}]*)?\}");
}
