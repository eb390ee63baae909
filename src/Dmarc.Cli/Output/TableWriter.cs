using System.Text;
using Dmarc.Cli.Views;
using Dmarc.Views;

namespace Dmarc.Cli.Output;

/// <summary>
/// Writes a table. Columns with a width in the view have that; the others share what is left, as in PowerShell, so that
/// rows can be written as they come. Results of several types stand in one table where a view is named for them all.
/// </summary>
internal sealed class TableWriter(Terminal terminal, string? viewName = null) : ResultWriter
{
    private const int LeastWidth = 6;

    private Type? _type;
    private TableView _view = new([], false);
    private int[] _widths = [];

    /// <inheritdoc/>
    public override void Write(object result)
    {
        if (_type is null || (viewName is null && result.GetType() != _type))
        {
            if (_type is not null)
            {
                terminal.Output.WriteLine();
            }

            _type = result.GetType();
            _view = viewName is null ? FormatFile.Default.Table(_type) : FormatFile.Default.Table(viewName);
            _widths = Layout(_view, terminal.Width);
            WriteLine([.. _view.Columns.Select(column => new ViewText(column.Label, ViewTone.Plain))], true);
            WriteLine([.. _view.Columns.Select((column, index) =>
                new ViewText(new string('-', Math.Min(TextWidth.Of(column.Label), _widths[index])), ViewTone.Plain))], true);
        }

        WriteRow([.. _view.Columns.Select(column => column.Value.Show(result))]);
    }

    /// <summary>How wide each column is, with one space between two. The last columns are left out where there is no room.</summary>
    internal static int[] Layout(TableView view, int width)
    {
        int[] widths = [.. view.Columns.Select(column => column.Width ?? 0)];
        int open = widths.Count(value => value == 0);
        int left = width - widths.Sum() - (widths.Length - 1);
        for (int index = 0; index < widths.Length && open > 0; index++)
        {
            if (widths[index] == 0)
            {
                int share = Math.Max(LeastWidth, left / open);
                widths[index] = share;
                left -= share;
                open--;
            }
        }

        return widths;
    }

    private void WriteRow(ViewText[] cells)
    {
        if (!_view.Wrap)
        {
            WriteLine(cells, false);
            return;
        }

        string[][] lines = [.. cells.Select((cell, index) => TextWidth.Wrap(cell.Text, _widths[index]).ToArray())];
        for (int line = 0; line < lines.Max(column => column.Length); line++)
        {
            int number = line;
            WriteLine([.. cells.Select((cell, index) => new ViewText(number < lines[index].Length ? lines[index][number] : "", cell.Tone))], false);
        }
    }

    private void WriteLine(ViewText[] cells, bool heading)
    {
        StringBuilder line = new();
        int gap = 0;
        for (int index = 0; index < cells.Length; index++)
        {
            string text = TextWidth.Fit(cells[index].Text.Replace("\n", ", ", StringComparison.Ordinal), _widths[index]);
            int padding = _widths[index] - TextWidth.Of(text);
            if (text.Length > 0)
            {
                bool right = _view.Columns[index].RightAligned;
                line.Append(' ', gap + (right ? padding : 0));
                line.Append(heading ? terminal.Heading(text) : terminal.Colour(text, cells[index].Tone));
                gap = right ? 1 : padding + 1;
            }
            else
            {
                gap += _widths[index] + 1;
            }
        }

        terminal.Output.WriteLine(line.ToString());
    }
}
