namespace Dmarc.Build.Views;

/// <summary>What shows the objects of a type.</summary>
/// <param name="Name">The name that objects go by, usually of their type.</param>
/// <param name="Type">The type.</param>
internal sealed record TypeViews(string Name, Type Type)
{
    /// <summary>Tables and lists, in the order written: PowerShell shows the first one where none is asked for.</summary>
    public List<View> Views { get; } = [];

    /// <summary>The types that share their list, so that objects of all of them can stand in one; empty for a single type.</summary>
    public List<TypeViews> Members { get; } = [];

    /// <summary>What shares its list with this; null if it has one of its own.</summary>
    public TypeViews? Group { get; set; }
}

/// <summary>A table or a list.</summary>
/// <param name="Form">Which of them.</param>
/// <param name="Columns">The columns of a table, the items of a list.</param>
internal sealed record View(ViewForm Form, IReadOnlyList<ViewColumn> Columns);

/// <summary>The forms of views.</summary>
internal enum ViewForm
{
    /// <summary>A table whose cells are cut where they are too long.</summary>
    Table,

    /// <summary>A table whose cells go on in the next line.</summary>
    Wrap,

    /// <summary>A list with a line for each property.</summary>
    List,
}
