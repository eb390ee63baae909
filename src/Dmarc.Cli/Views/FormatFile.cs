using System.Globalization;
using System.Reflection;
using System.Xml.Linq;

namespace Dmarc.Cli.Views;

/// <summary>
/// The views of <c>Dmarc.format.ps1xml</c>, the same file that PowerShell uses. Of that format it reads what the file uses:
/// table and list views by type name, a list with entries of its own for some types, whose values are a property or one
/// call of <c>[Dmarc.PowerShell.DmarcFormat]::Method($_.Property)</c> or <c>Method($_)</c>.
/// </summary>
internal sealed class FormatFile
{
    private static readonly Lazy<FormatFile> Embedded = new(LoadEmbedded);

    private readonly Dictionary<string, TableView> _tables = [];
    private readonly Dictionary<string, ListView> _lists = [];

    private FormatFile()
    {
    }

    /// <summary>The file that was built into the program.</summary>
    public static FormatFile Default => Embedded.Value;

    /// <summary>The names of all types that have a table view.</summary>
    public IEnumerable<string> TableTypes => _tables.Keys;

    /// <summary>The names of all types that have a list view.</summary>
    public IEnumerable<string> ListTypes => _lists.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file uses something that is not read here.</exception>
    public static FormatFile Load(Stream stream)
    {
        FormatFile file = new();
        foreach (XElement view in XDocument.Load(stream).Descendants("View"))
        {
            List<string> types = [.. view.Element("ViewSelectedBy")?.Elements("TypeName").Select(type => type.Value.Trim()) ?? []];
            if (view.Element("TableControl") is { } table)
            {
                TableView read = ReadTable(table);
                types.ForEach(type => file._tables.TryAdd(type, read));
            }
            else if (view.Element("ListControl") is { } list)
            {
                types.ForEach(type => file._lists.TryAdd(type, ReadList(list, type)));
            }
        }

        return file;
    }

    /// <summary>The table view of a name that objects of several types share.</summary>
    public TableView Table(string name) => _tables[name];

    /// <summary>The table view of a type, or one of its properties' names where the file has none.</summary>
    public TableView Table(Type type) => _tables.TryGetValue(type.FullName ?? "", out TableView? view)
        ? view
        : new TableView([.. Properties(type).Take(6).Select(name => new TableColumn(name, null, false, ViewExpression.Property(name)))], false);

    /// <summary>The list view of a type, or all its properties where the file has none.</summary>
    public ListView List(Type type) => _lists.TryGetValue(type.FullName ?? "", out ListView? view)
        ? view
        : new ListView([.. Properties(type).Select(name => new ListLine(name, ViewExpression.Property(name)))]);

    private static IEnumerable<string> Properties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .Select(property => property.Name);

    private static FormatFile LoadEmbedded()
    {
        using Stream stream = typeof(FormatFile).Assembly.GetManifestResourceStream("Dmarc.format.ps1xml")
            ?? throw new InvalidOperationException("Dmarc.format.ps1xml was not built into the program.");
        return Load(stream);
    }

    private static TableView ReadTable(XElement table)
    {
        List<XElement> headers = [.. table.Element("TableHeaders")?.Elements("TableColumnHeader") ?? []];
        XElement row = table.Descendants("TableRowEntry").First();
        List<TableColumn> columns = [];
        foreach (XElement item in row.Descendants("TableColumnItem"))
        {
            XElement? header = columns.Count < headers.Count ? headers[columns.Count] : null;
            columns.Add(new TableColumn(
                header?.Element("Label")?.Value ?? item.Element("PropertyName")?.Value ?? "",
                header?.Element("Width") is { } width ? int.Parse(width.Value, CultureInfo.InvariantCulture) : null,
                string.Equals((item.Element("Alignment") ?? header?.Element("Alignment"))?.Value, "Right", StringComparison.OrdinalIgnoreCase),
                ReadExpression(item)));
        }

        return new TableView(columns, row.Element("Wrap") is not null);
    }

    private static ListView ReadList(XElement list, string type)
    {
        List<XElement> entries = [.. list.Descendants("ListEntry")];
        XElement entry = entries.Find(entry => SelectedBy(entry).Contains(type)) ?? entries.First(entry => !SelectedBy(entry).Any());
        return new([.. entry.Descendants("ListItem").Select(item =>
            new ListLine(item.Element("Label")?.Value ?? item.Element("PropertyName")?.Value ?? "", ReadExpression(item)))]);
    }

    private static IEnumerable<string> SelectedBy(XElement entry) =>
        entry.Element("EntrySelectedBy")?.Elements("TypeName").Select(type => type.Value.Trim()) ?? [];

    private static ViewExpression ReadExpression(XElement item) =>
        item.Element("PropertyName") is { } property ? ViewExpression.Property(property.Value.Trim())
        : item.Element("ScriptBlock") is { } script ? ViewExpression.Parse(script.Value)
        : throw new FormatException("An item of a view has neither a property nor a script block: " + item);
}

/// <summary>A table view.</summary>
internal sealed record TableView(IReadOnlyList<TableColumn> Columns, bool Wrap);

/// <summary>A column: its heading, its width where that is fixed, its alignment and its value.</summary>
internal sealed record TableColumn(string Label, int? Width, bool RightAligned, ViewExpression Value);

/// <summary>A list view.</summary>
internal sealed record ListView(IReadOnlyList<ListLine> Lines);

/// <summary>A line of a list view.</summary>
internal sealed record ListLine(string Label, ViewExpression Value);
