using Dmarc.Views;

namespace Dmarc.Build.Views;

/// <summary>Whether a table can be read in the narrowest window that people use, whatever its cells say.</summary>
internal static class TableLayout
{
    /// <summary>A window has 80 columns; Windows leaves the last one free.</summary>
    private const int Window = 79;

    /// <summary>What a last column that takes the rest has at least.</summary>
    private const int NarrowestColumn = 8;

    private const int MinimumColumns = 2;
    private const int MaximumColumns = 6;

    /// <summary>What is wrong with the columns; null if nothing is.</summary>
    public static string? Check(IReadOnlyList<ViewColumn> columns)
    {
        if (columns.Count is < MinimumColumns or > MaximumColumns)
        {
            return $"A table has {MinimumColumns} to {MaximumColumns} columns, not {columns.Count}.";
        }

        // Without a width, PowerShell 7 makes a column as wide as its longest cell and drops what then stands too far to the right.
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
