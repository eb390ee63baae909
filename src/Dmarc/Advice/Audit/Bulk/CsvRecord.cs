using System.Text;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>One record of a CSV file (RFC 4180): just enough to read one column.</summary>
internal static class CsvRecord
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Where a column stands in a header, and what parts the fields; -1 where it is not there.</summary>
    public static (int Column, char Delimiter) FindColumn(string header, string name)
    {
        foreach (char delimiter in Delimiters)
        {
            int column = Fields(header, delimiter).FindIndex(field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column >= 0)
            {
                return (column, delimiter);
            }
        }

        return (-1, ',');
    }

    /// <summary>All fields.</summary>
    public static List<string> Fields(string record, char delimiter)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int at = 0; at < record.Length; at++)
        {
            char character = record[at];
            if (character == '"')
            {
                if (quoted && at + 1 < record.Length && record[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (character == delimiter && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
