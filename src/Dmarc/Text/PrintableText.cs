namespace Dmarc.Text;

/// <summary>
/// Makes text from outside safe for a terminal. Strangers write records, reports and messages: an escape sequence could
/// rewrite the screen, and a bidirectional override could make a domain look like another one.
/// </summary>
internal static class PrintableText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>The maximum number of characters of a name or value that a sentence quotes.</summary>
    private const int MaximumQuoted = 60;

    /// <summary>The text, or its first characters and an ellipsis if it is longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The maximum number of characters; the default suits a value in a sentence.</param>
    public static string Shorten(string text, int maximum = MaximumQuoted) =>
        text.Length <= maximum
            ? text
            : text.Substring(0, char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum) + "…";

    /// <summary>
    /// Escapes (<c>\u001B</c>) every control character (C0, DEL, C1), format character (bidirectional marks, overrides,
    /// isolates, zero-width space, byte order mark, tags), line separator and lone surrogate; the joiners, which some
    /// scripts need, remain. Null becomes the empty text.
    /// </summary>
    public static string Escape(string? text)
    {
        if (text is null)
        {
            return "";
        }

        int first = IndexOfUnsafe(text, 0);
        if (first < 0)
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        escaped.Append(text, 0, first);
        for (int index = first; index < text.Length; index++)
        {
            bool isUnsafe = IsUnsafe(text, index, out int length);
            string shown = text.Substring(index, length);
            escaped.Append(!isUnsafe ? shown : shown switch
            {
                "\t" => "\\t",
                "\n" => "\\n",
                "\r" => "\\r",
                _ => string.Concat(
                    shown.Select(unit => "\\u" + ((int)unit).ToString("X4", CultureInfo.InvariantCulture))),
            });
            index += length - 1;
        }

        return escaped.ToString();
    }

    private static int IndexOfUnsafe(string text, int start)
    {
        for (int index = start; index < text.Length; index++)
        {
            if (text[index] is >= ' ' and <= '~')
            {
                continue;
            }

            if (IsUnsafe(text, index, out int length))
            {
                return index;
            }

            index += length - 1;
        }

        return -1;
    }

    private static bool IsUnsafe(string text, int index, out int length)
    {
        char character = text[index];
        length = 1;
        if (char.IsSurrogate(character))
        {
            if (!char.IsHighSurrogate(character) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return true;
            }

            length = 2;
        }

        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => character is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
            _ => false,
        };
    }
}
