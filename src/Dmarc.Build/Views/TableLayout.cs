using Dmarc.Views;

namespace Dmarc.Build.Views;

/// <summary>Whether a table can be read in the narrowest window that people use.</summary>
internal static class TableLayout
{
    /// <summary>A window has 80 columns; Windows leaves the last one free.</summary>
    private const int Window = 79;

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

        // What fixed columns and the gaps between leave is shared evenly by the others.
        int free = columns.Count(column => column.Width is null);
        int rest = Window - columns.Sum(column => column.Width ?? 0) - (columns.Count - 1);
        int share = free == 0 ? rest : rest / free;
        if (free == 0 ? rest < 0 : share < NarrowestColumn)
        {
            return $"The columns do not fit {Window} columns: {share} are left.";
        }

        // PowerShell 7 measures the cells of a table and cuts its last column first.
        if (free > 1 && columns[^1].Width is not null)
        {
            return $"The heading {columns[^1].Label} wraps if the cells before it are long: a column without a width stands last.";
        }

        ViewColumn? wraps = columns.FirstOrDefault(column => TextWidth.Of(column.Label) > (column.Width ?? share));
        return wraps is null ? null : $"The heading {wraps.Label} wraps: it has {wraps.Width ?? share} columns.";
    }
}
