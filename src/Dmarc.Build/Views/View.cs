namespace Dmarc.Build.Views;

/// <summary>The views of a type.</summary>
/// <param name="Name">The type name of the objects, usually that of their type.</param>
/// <param name="Type">The type.</param>
internal sealed record TypeViews(string Name, Type Type)
{
    /// <summary>Tables and lists in order: PowerShell shows the first one by default.</summary>
    public List<View> Views { get; } = [];

    /// <summary>The types that share a list, so that one list can show all of them; empty for a single type.</summary>
    public List<TypeViews> Members { get; } = [];

    /// <summary>The group whose list this shares; null if it has its own.</summary>
    public TypeViews? Group { get; set; }
}

/// <summary>A table or a list.</summary>
/// <param name="Form">The form.</param>
/// <param name="Columns">The columns of a table, the items of a list.</param>
internal sealed record View(ViewForm Form, IReadOnlyList<ViewColumn> Columns);

/// <summary>The forms of views.</summary>
internal enum ViewForm
{
    /// <summary>A table that cuts long cells.</summary>
    Table,

    /// <summary>A table that wraps long cells.</summary>
    Wrap,

    /// <summary>A list with a line for each property.</summary>
    List,
}
