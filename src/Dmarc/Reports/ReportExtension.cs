namespace Dmarc.Reports;

/// <summary>A non-standard element of a report.</summary>
/// <param name="Name">The name, with the names of enclosing elements, joined by <c>/</c>.</param>
/// <param name="Namespace">The namespace; may be empty.</param>
/// <param name="Value">The text.</param>
public sealed record ReportExtension(string Name, string Namespace, string Value)
{
    /// <summary>The name and the value.</summary>
    public override string ToString() => Name + "=" + Value;
}
