using Dmarc.Views;

namespace Dmarc.Build.Views;

/// <summary>Checks if a table is readable in the narrowest usual window with any content.</summary>
internal static class TableLayout
{
    /// <summary>A window has 80 columns; Windows leaves the last one free.</summary>
    private const int Window = 79;

    /// <summary>The minimum width of a last column that takes the rest.</summary>
    private const int NarrowestColumn = 8;

    private const int MinimumColumns = 2;
    private const int MaximumColumns = 6;

    /// <summary>The problem with the columns; null if there is none.</summary>
    public static string? Check(IReadOnlyList<ViewColumn> columns)
    {
        if (columns.Count is < MinimumColumns or > MaximumColumns)
        {
            return $"A table has {MinimumColumns} to {MaximumColumns} columns, not {columns.Count}.";
        }

        // Without a width, PowerShell 7 makes a column as wide as its longest cell and drops columns that do not fit.
        if (columns.Take(columns.Count - 1).FirstOrDefault(column => column.Width is null) is { } open)
        {
            return $"The column {open.Label} needs a width: only the last one takes what the others leave.";
        }

        ViewColumn last = columns[^1];
        int rest = Window - columns.Take(columns.Count - 1).Sum(column => column.Width!.Value) - (columns.Count - 1);
        int needed = last.Width ?? Math.Max(NarrowestColumn, TextWidth.Of(last.Label));
        if (rest < needed)
        {
            return $"The columns do not fit {Window} columns: {last.Label} needs {needed}, and {rest} are left.";
        }

        ViewColumn? wraps = columns.FirstOrDefault(column => TextWidth.Of(column.Label) > (column.Width ?? rest));
        return wraps is null ? null : $"The heading {wraps.Label} wraps: it has {wraps.Width ?? rest} columns.";
    }
}
