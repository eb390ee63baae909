using System.Reflection;
using Dmarc.Dns;

namespace Dmarc.Build.Views;

/// <summary>
/// Reads the table of views. An unindented line names a type; the indented lines below are its table (<c>table</c>, or
/// <c>wrap</c> to wrap cells) and its list (<c>list</c>), continued by deeper indentation.
/// </summary>
internal sealed class ViewTable
{
    private readonly string _file;
    private readonly ViewTypes _types;
    private readonly ViewKinds _kinds;
    private readonly List<string> _problems = [];
    private readonly List<TypeViews> _all = [];

    private ViewTable(string file, ViewTypes types, ViewKinds kinds) => (_file, _types, _kinds) = (file, types, kinds);

    /// <summary>The problems, as reported by the build.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The types with their views, in the order of the table.</summary>
    public IReadOnlyList<TypeViews> Types => _all;

    public static ViewTable Read(string file, ViewTypes types, ViewKinds kinds) => Parse(file, File.ReadAllLines(file), types, kinds);

    public static ViewTable Parse(string file, IReadOnlyList<string> lines, ViewTypes types, ViewKinds kinds)
    {
        ViewTable table = new(file, types, kinds);
        for (int index = 0; index < lines.Count; index++)
        {
            string line = lines[index].TrimEnd();
            int number = index + 1;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] more =
            [
                .. lines.Skip(number)
                    .TakeWhile(next => next.StartsWith("    ", StringComparison.Ordinal))
                    .Select(next => next.Trim()),
            ];
            index += more.Length;
            table.Take(string.Join(' ', more.Prepend(line)), number);
        }

        table.CheckWhole();
        return table;
    }

    private void Take(string line, int number)
    {
        if (line[0] == ' ')
        {
            TakeView(line.Trim(), number);
        }
        else if (line.StartsWith("of ", StringComparison.Ordinal))
        {
            TakeLists(line, number);
        }
        else if (line.Contains('='))
        {
            TakeGroup(line, number);
        }
        else if (Find(line, number) is Type type)
        {
            _all.Add(new TypeViews(type.FullName!, type));
        }
    }

    /// <summary><c>of Type: table Kind, list Kind</c>.</summary>
    private void TakeLists(string line, int number)
    {
        if (line.Split(' ', ':', ',') is not ["of", var name, "", "table", var table, "", "list", var list])
        {
            Report(number, "VIEW001", "Write of Type: table Kind, list Kind.");
        }
        else if (Find(name, number) is not null && UseKind(table, number) && UseKind(list, number))
        {
            _kinds.SetLists(name, table, list);
        }
    }

    /// <summary><c>Name = Type, Type</c>: objects of several types in one list, and a common table.</summary>
    private void TakeGroup(string line, int number)
    {
        string[] parts = line.Split('=', StringSplitOptions.TrimEntries);
        TypeViews?[] members = [.. parts[1].Split(',', StringSplitOptions.TrimEntries)
            .Select(name => _all.Find(views => views.Type.Name == name && views.Group is null))];
        if (parts.Length != 2 || members.Contains(null))
        {
            Report(number, "VIEW001", "A group names types that have their views above it.");
            return;
        }

        TypeViews group = new(parts[0], members[0]!.Type);
        group.Members.AddRange(members!);
        members.ToList().ForEach(member => member!.Group = group);
        _all.Add(group);
    }

    private void TakeView(string line, int number)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        if (_all.Count == 0 || space < 0 || !Enum.TryParse(line[..space], ignoreCase: true, out ViewForm form))
        {
            Report(number, "VIEW001", "Below a type stand its table, wrap and list.");
            return;
        }

        TypeViews views = _all[^1];
        ViewColumn[] columns = [.. line[space..].Split(',', StringSplitOptions.TrimEntries)
            .Select(text => ReadColumn(views.Type, form != ViewForm.List, text, number))
            .OfType<ViewColumn>()];
        if (views.Views.Exists(view => (view.Form == ViewForm.List) == (form == ViewForm.List)))
        {
            Report(number, "VIEW006", $"{views.Name} has two views of that form.");
        }
        else if (form != ViewForm.List && TableLayout.Check(columns) is string problem)
        {
            Report(number, "VIEW005", problem);
        }

        if (form == ViewForm.Table)
        {
            _ = _kinds.Use(ViewKinds.Cut);
            foreach (ViewColumn column in columns.Where(column => column.LongestWord > column.Width))
            {
                Report(number, "VIEW005", $"A word of {column.Label} has {column.LongestWord} letters and would be cut to {column.Width}.");
            }
        }

        if (form == ViewForm.List
            && views.Type.GetProperty(nameof(DnsFailure)) is not null
            && columns.All(column => column.Property != nameof(DnsFailure)))
        {
            Report(number, "VIEW006", $"{views.Name} has DnsFailure, and its list does not show it.");
        }

        views.Views.Add(new View(form, columns));
    }

    private ViewColumn? ReadColumn(Type type, bool isTable, string text, int number)
    {
        if (ViewColumnText.Parse(text) is not ViewColumnText column || (column.Width is not null && !isTable))
        {
            Report(number, "VIEW001", $"'{text}' is not of the form Label=Property:Kind Width.");
            return null;
        }

        PropertyInfo? property = type.GetProperty(column.Property, BindingFlags.Public | BindingFlags.Instance);
        if (property is null && (column.Property.Length > 0 || column.Kind.Length == 0))
        {
            Report(number, "VIEW003", $"{type.Name} has no property '{column.Property}'.");
            return null;
        }

        string? part = property is null || column.Kind.Length > 0 ? null : ViewKinds.PartOf(type, property);
        string kind = column.Kind.Length > 0 ? column.Kind
            : part is not null ? ViewKinds.Status
            : _kinds.Of(property!.PropertyType, property.Name, isTable);
        bool isNumber = property is not null && ViewKinds.IsNumber(property.PropertyType);
        return UseKind(kind, number) ? new ViewColumn(column.Label, column.Property, kind, column.Width, isNumber, part ?? "")
        {
            LongestWord = property is null ? 0 : ViewKinds.LongestWord(property.PropertyType, part is not null),
        } : null;
    }

    private void CheckWhole()
    {
        foreach (TypeViews views in _all)
        {
            if (views.Views.Count(view => view.Form == ViewForm.List) != (views.Members.Count == 0 ? 1 : 0)
                || views.Views.All(view => view.Form == ViewForm.List))
            {
                Report(1, "VIEW006", $"{views.Name} needs a table and a list; a group has the lists of its members.");
            }
        }

        foreach (IGrouping<string, TypeViews> twice in _all.GroupBy(views => views.Name).Where(group => group.Count() > 1))
        {
            Report(1, "VIEW006", $"{twice.Key} stands in the table twice.");
        }

        // Any object that a user examines contains untrusted text, and only a view escapes it.
        IEnumerable<Type> missing = _types.ReachedFrom(_all.Select(views => views.Type)).Except(_all.Select(views => views.Type));
        foreach (Type type in missing.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            Report(1, "VIEW006", $"{type.FullName} has no view, and results lead to it.");
        }

        foreach (string kind in _kinds.Unused)
        {
            Report(1, "VIEW004", $"Nothing is shown as {kind}: remove {ViewKinds.Caller}.{kind}.");
        }
    }

    private bool UseKind(string kind, int number)
    {
        if (_kinds.Use(kind))
        {
            return true;
        }

        Report(number, "VIEW004", $"There is no kind '{kind}': {ViewKinds.Caller} has no such method.");
        return false;
    }

    private Type? Find(string name, int number)
    {
        Type? type = _types.Find(name, out string problem);
        if (type is null)
        {
            Report(number, "VIEW002", problem);
        }

        return type;
    }

    private void Report(int line, string code, string text) => _problems.Add($"{_file}({line}): error {code}: {text}");
}
