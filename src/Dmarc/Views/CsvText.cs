namespace Dmarc.Views;

/// <summary>Text for a file of comma-separated values.</summary>
internal static class CsvText
{
    /// <summary>
    /// The text with an apostrophe before it where a spreadsheet would take it for a formula: where it begins with
    /// <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return.
    /// </summary>
    public static string Defuse(string text) =>
        text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;

    /// <summary>The text in quotes where it needs them (RFC 4180 §2).</summary>
    public static string Quote(string text) =>
        text.IndexOfAny(Special) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";

    private static readonly char[] Special = [',', '"', '\r', '\n'];
}
