using System.Text;
using Dmarc.Posture.DirectSend.Tenant;

namespace Dmarc.Posture.DirectSend.Traffic;

/// <summary>Reads the CSV files in which Exchange Online and Defender give traces (RFC 4180; UTF-8 or UTF-16 with a byte order mark).</summary>
public static class TraceTable
{
    private const int MaximumColumns = 200;
    private const int MaximumCell = 64 * 1024;

    /// <summary>Reads the rows, one at a time.</summary>
    /// <param name="reader">The text. What a cell has above 65,536 characters, and cells after the 200th of a row, are passed over.</param>
    public static IEnumerable<FactSource> Read(TextReader reader)
    {
        if (reader is null)
        {
            throw new ArgumentNullException(nameof(reader));
        }

        Dictionary<string, int>? columns = null;
        while (ReadRow(reader) is { } cells)
        {
            if (cells.Count == 0 || (columns is null && cells[0].StartsWith("#TYPE", StringComparison.Ordinal)))
            {
                continue;
            }

            if (columns is null)
            {
                columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
                for (int index = 0; index < cells.Count; index++)
                {
                    columns[cells[index].Trim().TrimStart('\uFEFF')] = index;
                }

                continue;
            }

            Dictionary<string, int> names = columns;
            yield return name => names.TryGetValue(name, out int index) && index < cells.Count ? cells[index] : null;
        }
    }

    /// <summary>A row; empty for an empty line, null at the end.</summary>
    private static List<string>? ReadRow(TextReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        bool any = false;
        int read;
        while ((read = reader.Read()) >= 0)
        {
            char character = (char)read;
            if (quoted)
            {
                if (character != '"')
                {
                    Append(character);
                }
                else if (reader.Peek() == '"')
                {
                    reader.Read();
                    Append('"');
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"' && cell.Length == 0)
            {
                quoted = true;
                any = true;
            }
            else if (character == ',')
            {
                any = true;
                End();
            }
            else if (character == '\n')
            {
                break;
            }
            else if (character != '\r')
            {
                any = true;
                Append(character);
            }
        }

        if (any)
        {
            End();
        }

        return cells;

        void Append(char character)
        {
            if (cell.Length < MaximumCell)
            {
                cell.Append(character);
            }
        }

        void End()
        {
            if (cells.Count < MaximumColumns)
            {
                cells.Add(cell.ToString());
            }

            cell.Clear();
        }
    }
}
