namespace Dmarc.Text;

/// <summary>Text for a file of comma-separated values.</summary>
internal static class CsvText
{
    /// <summary>
    /// Prefixes the text with an apostrophe if a spreadsheet would read it as a formula: if it begins with <c>=</c>,
    /// <c>+</c>, <c>-</c>, <c>@</c>, their full-width forms, a tab or a carriage return. In locales whose list
    /// separator is a semicolon, spreadsheets begin a cell after each one, so the same rule applies there.
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

    /// <summary>The text, quoted if necessary (RFC 4180 §2).</summary>
    public static string Quote(string text) =>
        text.IndexOfAny(Special) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";

    private static readonly char[] Special = [',', '"', '\r', '\n'];
}
