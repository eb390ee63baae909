namespace Dmarc.Text;

/// <summary>
/// Characters that are invisible in a name: byte order marks, zero-width spaces, soft hyphens, direction marks,
/// fillers. The mapping of internationalised names (UTS 46) drops them, so two texts become one name; a name that
/// contains them came from a faulty program or imitates another name.
/// </summary>
internal static class InvisibleText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>True if the text contains an invisible character.</summary>
    public static bool IsIn(string text)
    {
        // Nearly every name is ASCII.
        foreach (char character in text)
        {
            if (character > '~')
            {
                return Find(text, 0, out _) >= 0;
            }
        }

        return false;
    }

    /// <summary>The first invisible character as a code point, such as <c>U+200B</c>; null if there is none.</summary>
    public static string? NameFirst(string text)
    {
        int index = Find(text, 0, out int length);
        return index < 0 ? null
            : "U+" + (length == 2 ? char.ConvertToUtf32(text, index) : text[index]).ToString("X4", CultureInfo.InvariantCulture);
    }

    /// <summary>Removes invisible characters, and then white space at the ends of a text that had any.</summary>
    /// <returns>True if any were removed.</returns>
    public static bool RemoveFrom(ref string text)
    {
        if (!IsIn(text))
        {
            return false;
        }

        StringBuilder rest = new(text.Length);
        int start = 0;
        for (int index = Find(text, 0, out int length); index >= 0; index = Find(text, start, out length))
        {
            rest.Append(text, start, index - start);
            start = index + length;
        }

        text = rest.Append(text, start, text.Length - start).ToString().Trim();
        return true;
    }

    /// <summary>The text without invisible characters at its ends.</summary>
    public static string TrimEnds(string text)
    {
        int start = 0;
        while (start < text.Length && IsInvisible(text, start, out int length))
        {
            start += length;
        }

        int end = text.Length;
        while (end > start)
        {
            int last = end - start > 1 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? end - 2 : end - 1;
            if (!IsInvisible(text, last, out _))
            {
                break;
            }

            end = last;
        }

        return text.Substring(start, end - start);
    }

    private static int Find(string text, int start, out int length)
    {
        length = 1;
        for (int index = start; index < text.Length; index++)
        {
            if (text[index] > '~' && IsInvisible(text, index, out length))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool IsInvisible(string text, int index, out int length)
    {
        char character = text[index];
        length = 1;
        if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(text, index) is >= 0xE0000 and <= 0xE0FFF;
        }

        return character switch
        {
            // Some scripts need them between their letters; elsewhere they join nothing.
            ZeroWidthNonJoiner or ZeroWidthJoiner => !IsLetterOfScript(text, index - 1) || !IsLetterOfScript(text, index + 1),
            '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or '\u3164' or '\uFFA0' => true,
            _ => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format,
        };
    }

    private static bool IsLetterOfScript(string text, int index) =>
        index >= 0 && index < text.Length && text[index] > '\x7F' && (char.IsSurrogate(text[index]) || char.IsLetter(text[index])
            || CharUnicodeInfo.GetUnicodeCategory(text[index])
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol);
}
