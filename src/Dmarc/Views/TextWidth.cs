namespace Dmarc.Views;

/// <summary>Measures how many terminal columns a text occupies: the only place that does.</summary>
internal static class TextWidth
{
    private const char FirstWide = '\u1100';

    /// <summary>
    /// The ranges of characters that occupy two columns (UAX #11, wide and full-width); PowerShell uses the same ones
    /// for its tables.
    /// </summary>
    private static readonly (char First, char Last)[] Wide =
    [
        (FirstWide, '\u115F'), // initial consonants of Hangul
        ('\u2329', '\u232A'), // angle brackets
        ('\u2E80', '\u303E'), // radicals and punctuation of CJK
        ('\u3040', '\uA4CF'), // kana, CJK, Yi
        ('\uA960', '\uA97F'), // Hangul
        ('\uAC00', '\uD7A3'), // Hangul syllables
        ('\uF900', '\uFAFF'), // CJK compatibility ideographs
        ('\uFE10', '\uFE19'), // vertical forms
        ('\uFE30', '\uFE6F'), // CJK compatibility forms
        ('\uFF00', '\uFF60'), // full-width forms
        ('\uFFE0', '\uFFE6'), // full-width signs
    ];

    /// <summary>The width of a one-line text.</summary>
    public static int Of(string text)
    {
        int width = 0;
        for (int index = 0; index < text.Length; index++)
        {
            width += Of(text[index]);
        }

        return width;
    }

    /// <summary>Pads the text with spaces to a width.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    /// <summary>Shortens a wider text to its beginning and end, because the end identifies a name.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
        {
            return text;
        }

        int room = Math.Max(0, width - 1);
        int head = Fitting(text, 0, 1, room / 2);
        int tail = Fitting(text, text.Length - 1, -1, room - Of(text.Substring(0, head)));
        return text.Substring(0, head) + "\u2026" + text.Substring(text.Length - tail);
    }

    /// <summary>How many characters fit a width, from a position in a direction; pairs stay together.</summary>
    private static int Fitting(string text, int from, int step, int width)
    {
        int count = 0;
        for (int index = from; width >= Of(text[index]); index += step)
        {
            width -= Of(text[index]);
            count++;
        }

        return count > 0 && char.IsSurrogatePair(text, step > 0 ? count - 1 : text.Length - count - 1) ? count - 1 : count;
    }

    /// <summary>A surrogate pair occupies two columns, as almost all characters beyond the first plane do.</summary>
    private static int Of(char character)
    {
        if (character < '\u0300')
        {
            return 1;
        }

        if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        return character >= FirstWide && Array.Exists(Wide, range => character >= range.First && character <= range.Last) ? 2 : 1;
    }
}
