namespace Dmarc.Advice.DirectSend.Remedies;

/// <summary>
/// Writes values into commands that users paste into PowerShell. The values come from DNS, headers and connector names,
/// so strangers may have written any of them.
/// </summary>
internal static class PowerShellText
{
    /// <summary>
    /// A literal in single quotes. PowerShell also treats the curly quotes U+2018 to U+201B as single quotes, so each
    /// is doubled. Control and format characters, which no such value needs, become U+FFFD.
    /// </summary>
    public static string Quote(string value)
    {
        StringBuilder quoted = new(value.Length + 2);
        quoted.Append('\'');
        foreach (char character in value)
        {
            switch (character)
            {
                case '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B':
                    quoted.Append(character).Append(character);
                    break;
                default:
                    bool isPlain = char.GetUnicodeCategory(character) is not (System.Globalization.UnicodeCategory.Control
                        or System.Globalization.UnicodeCategory.Format
                        or System.Globalization.UnicodeCategory.LineSeparator
                        or System.Globalization.UnicodeCategory.ParagraphSeparator);
                    quoted.Append(isPlain ? character : '\uFFFD');
                    break;
            }
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>Literals separated by commas.</summary>
    public static string Quote(IEnumerable<string> values) => string.Join(", ", values.Select(Quote));
}
