using System.Globalization;
using System.Reflection;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>No finding of any protocol carries characters that rewrite a screen, whatever a stranger wrote.</summary>
public class PrintableFindingTests
{
    private const string Hostile = "a\u001B[31m\u202Eb\u2066c\u200Bd\u0000e\r\nf\u009Bg\u2028h\uD800i\uFEFFj\u00ADk\U000E0041l\tm";

    public static TheoryData<string> Codes => [.. Descriptors.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, FindingDescriptor> Descriptors { get; } = typeof(FindingDescriptor).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(FindingDescriptor))
        .Select(field => (FindingDescriptor)field.GetValue(null)!)
        .GroupBy(descriptor => descriptor.Code, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_of_finding_escapes(string code)
    {
        Finding finding = Descriptors[code].Create([.. Enumerable.Repeat(Hostile, 12)]);

        AssertPrintable(finding.Message);
        AssertPrintable(finding.Remedy);
        AssertPrintable(finding.ToString());
    }

    [Fact]
    public void A_finding_escapes_however_it_is_made()
    {
        Finding finding = new("Code", Severity.Warning, Hostile, Hostile);
        Finding changed = new Finding("Code", Severity.Warning, "a", "b") with { Message = Hostile, Remedy = Hostile };

        Assert.All([finding, changed], each => AssertPrintable(each.Message + each.Remedy));
        Assert.Equal(finding, changed);
        Assert.Contains(@"\u202E", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ordinary_text_stays_as_it_is()
    {
        const string Text = "bücher.example 例え.jp 👍 क्‍ष";
        Assert.Equal(Text, new Finding("Code", Severity.Warning, Text).Message);
    }

    private static void AssertPrintable(string text)
    {
        Assert.Equal(PrintableText.Escape(text), text);
        Assert.DoesNotContain(text, character => char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format);
    }
}
