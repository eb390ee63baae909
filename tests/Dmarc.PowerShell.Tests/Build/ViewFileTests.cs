using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dmarc.PowerShell.Tests.Build;

/// <summary>The views that the build made fit the results: each type that users can look into has one, and each names what is there.</summary>
public class ViewFileTests
{
    private static readonly Assembly Core = Assembly.Load("Dmarc");

    private static readonly XElement[] Views =
        [.. XDocument.Load(Path.Combine(PowerShellHost.RepositoryRoot, "out", "Dmarc", "Dmarc.format.ps1xml")).Descendants("View")];

    public static TheoryData<string> Types => [.. TypesWith("TableControl")];

    [Fact]
    public void Every_type_with_a_table_has_a_list_and_the_other_way_round() =>
        Assert.Equal(TypesWith("TableControl"), TypesWith("ListControl"));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_names_a_type_that_exists_and_properties_that_it_has(string name)
    {
        Type type = TypeOf(name);
        string[] scripts = [.. Of(name)
            .SelectMany(view => view.Descendants("ScriptBlock"))
            .Where(script => IsFor(script, type))
            .Select(script => script.Value)];

        Assert.NotEmpty(scripts);
        Assert.All(scripts.SelectMany(script => Property.Matches(script).Cast<Match>()), match =>
            Assert.NotNull(type.GetProperty(match.Groups[1].Value, BindingFlags.Public | BindingFlags.Instance)));
    }

    /// <summary>All columns but the last have a width, and leave it eight characters or more of 80.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void A_table_fits_80_columns(string name) => Assert.All(TablesOf(name), columns => Assert.InRange(Rest(columns), 8, 80));

    [Theory]
    [MemberData(nameof(Types))]
    public void No_heading_wraps_in_80_columns(string name) => Assert.All(TablesOf(name), columns =>
    {
        Assert.All(columns[..^1], column => Assert.InRange(column.Element("Label")!.Value.Length, 1, (int)column.Element("Width")!));
        Assert.InRange(columns[^1].Element("Label")!.Value.Length, 1, Rest(columns));
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_stand_at_the_right(string name)
    {
        Type type = TypeOf(name);
        foreach (XElement view in Of(name).Where(view => view.Element("TableControl") is not null))
        {
            foreach ((XElement header, XElement item) in view.Descendants("TableColumnHeader").Zip(view.Descendants("TableColumnItem")))
            {
                Type? shown = type.GetProperty(Property.Match(item.Value).Groups[1].Value)?.PropertyType;
                bool isNumber = (Nullable.GetUnderlyingType(shown ?? typeof(string)) ?? shown) is Type number
                    && (number == typeof(int) || number == typeof(long) || number == typeof(double) || number == typeof(uint));

                Assert.Equal(isNumber ? "Right" : null, header.Element("Alignment")?.Value);
            }
        }
    }

    /// <summary>Whatever one looks into is text of strangers, and only a view escapes it.</summary>
    [Fact]
    public void Whatever_a_result_leads_to_has_a_view()
    {
        HashSet<Type> known = [];
        Queue<Type> open = new(TypesWith("TableControl").Select(TypeOf));
        while (open.TryDequeue(out Type? type))
        {
            if (type.Assembly == Core && type is { IsEnum: false, IsGenericType: false } && known.Add(type))
            {
                IEnumerable<Type> parts = type
                    .GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType)
                    .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                        .Where(method => method.Name.StartsWith("Get", StringComparison.Ordinal) && method.GetParameters().Length == 0)
                        .Select(method => method.ReturnType));
                foreach (Type part in parts.SelectMany(part => part.GetGenericArguments().Prepend(part.GetElementType() ?? part)))
                {
                    open.Enqueue(part);
                }
            }
        }

        Assert.Contains(known, type => type.Name == "MailAddress");
        Assert.Empty(known.Select(type => type.FullName!).Except(TypesWith("TableControl")).Order(StringComparer.Ordinal));
    }

    /// <summary>What the columns with a width leave the last one of 80.</summary>
    private static int Rest(XElement[] columns) => 80 - columns[..^1].Sum(column => (int)column.Element("Width")!) - (columns.Length - 1);

    private static XElement[][] TablesOf(string name) =>
        [.. Of(name).Select(view => view.Descendants("TableColumnHeader").ToArray()).Where(columns => columns.Length > 0)];

    private static string[] TypesWith(string control) => [.. Views
        .Where(view => view.Element(control) is not null)
        .SelectMany(NamesOf)
        .Distinct()
        .Order(StringComparer.Ordinal)];

    private static IEnumerable<XElement> Of(string name) => Views.Where(view => NamesOf(view).Contains(name));

    private static IEnumerable<string> NamesOf(XElement view) =>
        view.Element("ViewSelectedBy")?.Elements("TypeName").Select(type => type.Value.Trim()) ?? [];

    /// <summary>A list that kinds of objects share has an entry for each.</summary>
    private static bool IsFor(XElement script, Type type) =>
        script.Ancestors("ListEntry").Elements("EntrySelectedBy").Elements("TypeName").FirstOrDefault() is not XElement selected
            ? !script.Ancestors("View").Descendants("EntrySelectedBy").Elements("TypeName").Any(other => other.Value.Trim() == type.FullName)
            : selected.Value.Trim() == type.FullName;

    /// <summary>The one name that is no type stands for rows and reports of all kinds.</summary>
    private static Type TypeOf(string name) =>
        name == "Dmarc.ReportItem" ? Core.GetExportedTypes().Single(type => type.Name == "AggregateReportRow") : Core.GetType(name, true)!;

    private static readonly Regex Property = new(@"\(\$_\.(\w+)\)");
}
