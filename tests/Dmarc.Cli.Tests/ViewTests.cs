using System.Reflection;
using Dmarc.Cli.Output;
using Dmarc.Cli.Views;

namespace Dmarc.Cli.Tests;

public class ViewTests
{
    public static TheoryData<string> Types => [.. FormatFile.Default.TableTypes.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_type_with_a_table_has_a_list_and_the_other_way_round() =>
        Assert.Equal(FormatFile.Default.TableTypes.Order(StringComparer.Ordinal), FormatFile.Default.ListTypes.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_names_a_type_that_exists_and_properties_that_it_has(string name)
    {
        Type type = TypeOf(name);
        TableView table = FormatFile.Default.Table(name);
        Assert.InRange(table.Columns.Count, 2, 6);
        foreach (ViewExpression value in table.Columns.Select(column => column.Value).Concat(FormatFile.Default.List(type).Lines.Select(line => line.Value)))
        {
            Assert.NotNull(value.PropertyName is null ? type : type.GetProperty(value.PropertyName, BindingFlags.Public | BindingFlags.Instance));
        }
    }

    /// <summary>Whatever one looks into is text of strangers, and only a view escapes it.</summary>
    [Fact]
    public void Whatever_a_result_leads_to_has_a_view()
    {
        HashSet<Type> known = [];
        Queue<Type> open = new(FormatFile.Default.TableTypes.Select(TypeOf));
        while (open.TryDequeue(out Type? type))
        {
            if (type.Assembly == typeof(PrintableList).Assembly && type is { IsEnum: false, IsGenericType: false } && known.Add(type))
            {
                IEnumerable<Type> parts = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType)
                    .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                        .Where(method => method.Name.StartsWith("Get", StringComparison.Ordinal) && method.GetParameters().Length == 0)
                        .Select(method => method.ReturnType));
                foreach (Type part in parts.SelectMany(part => part.GetGenericArguments().Prepend(part.GetElementType() ?? part)))
                {
                    open.Enqueue(part);
                }
            }
        }

        Assert.Contains(typeof(Dmarc.Mail.MailAddress), known);
        Assert.Empty(known.Select(type => type.FullName).Except(FormatFile.Default.TableTypes).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_table_fits_80_columns(string name)
    {
        TableView table = FormatFile.Default.Table(name);
        int[] widths = TableWriter.Layout(table, 80);

        Assert.Equal(80, widths.Sum() + widths.Length - 1);
        Assert.All(widths, width => Assert.InRange(width, 4, 80));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("日本語", 6)]
    [InlineData("한국", 4)]
    [InlineData("📧", 2)]
    [InlineData("ｱｲｳ", 3)]
    public void A_text_takes_so_many_columns(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    public void A_text_is_cut_to_a_width(string text, int width, string expected) => Assert.Equal(expected, TextWidth.Fit(text, width));

    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("a\nb", 4, "a|b")]
    [InlineData("日本語", 4, "日本|語")]
    public void A_text_is_broken_at_a_width(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', TextWidth.Wrap(text, width)));

    [Fact]
    public void A_script_that_only_PowerShell_could_run_is_refused() =>
        Assert.Throws<FormatException>(() => ViewExpression.Parse("$_.Domain.ToUpper()"));

    /// <summary>The one name that is no type stands for rows and reports of all kinds.</summary>
    private static Type TypeOf(string name) => typeof(PrintableList).Assembly.GetType(name == "Dmarc.ReportItem" ? "Dmarc.AggregateReportRow" : name, true)!;
}
