using System.Text;

namespace Dmarc.Text;

/// <summary>Text for a file of comma-separated values.</summary>
internal static class CsvText
{
    /// <summary>
    /// The text with an apostrophe before it if a spreadsheet would take it for a formula: where it begins with
    /// <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, their full-width forms, a tab or a carriage return. Where the list separator
    /// is a semicolon, as in much of Europe, spreadsheets begin a cell after each, and the same is done there.
    /// </summary>
    public static string Defuse(string text)
    {
        StringBuilder? safe = null;
        bool begins = true;
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (begins && character is ('=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠'))
            {
                safe ??= new StringBuilder(text.Length + 8).Append(text, 0, index);
                safe.Append('\'');
            }

            safe?.Append(character);
            begins = character == ';' || (begins && character == '"');
        }

        return safe?.ToString() ?? text;
    }

    /// <summary>The text in quotes where it needs them (RFC 4180 §2).</summary>
    public static string Quote(string text) =>
        text.IndexOfAny(Special) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";

    private static readonly char[] Special = [',', '"', '\r', '\n'];
}
