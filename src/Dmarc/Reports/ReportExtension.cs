namespace Dmarc.Reports;

/// <summary>An element of a report that is in no standard.</summary>
/// <param name="Name">Its name, with the names of the elements around it up to the record or report, joined by <c>/</c>.</param>
/// <param name="Namespace">Its namespace; empty if it has none.</param>
/// <param name="Value">Its text.</param>
public sealed record ReportExtension(string Name, string Namespace, string Value)
{
    /// <summary>The name and the value.</summary>
    public override string ToString() => Name + "=" + Value;
}
