namespace Dmarc.Text;

/// <summary>The scripts of letters allowed in a label that is shown; a label can contain several of them.</summary>
[Flags]
internal enum LetterScripts
{
    None = 0,
    Latin = 1,
    Greek = 1 << 1,
    Cyrillic = 1 << 2,
    Armenian = 1 << 3,
    Hebrew = 1 << 4,
    Arabic = 1 << 5,
    Devanagari = 1 << 6,
    Bengali = 1 << 7,
    Gurmukhi = 1 << 8,
    Gujarati = 1 << 9,
    Oriya = 1 << 10,
    Tamil = 1 << 11,
    Telugu = 1 << 12,
    Kannada = 1 << 13,
    Malayalam = 1 << 14,
    Sinhala = 1 << 15,
    Thai = 1 << 16,
    Lao = 1 << 17,
    Georgian = 1 << 18,
    Hangul = 1 << 19,
    Khmer = 1 << 20,
    Hiragana = 1 << 21,
    Katakana = 1 << 22,
    Bopomofo = 1 << 23,
    Han = 1 << 24,
}

/// <summary>The script of a letter: .NET does not expose it, so the Unicode blocks are listed here.</summary>
internal static class LetterScript
{
    private static readonly (int First, int Last, LetterScripts Script)[] Blocks =
    [
        ('a', 'z', LetterScripts.Latin),
        (0x00DF, 0x024F, LetterScripts.Latin),
        (0x0370, 0x03FF, LetterScripts.Greek),
        (0x0400, 0x052F, LetterScripts.Cyrillic),
        (0x0530, 0x058F, LetterScripts.Armenian),
        (0x0590, 0x05FF, LetterScripts.Hebrew),
        (0x0600, 0x06FF, LetterScripts.Arabic),
        (0x0900, 0x097F, LetterScripts.Devanagari),
        (0x0980, 0x09FF, LetterScripts.Bengali),
        (0x0A00, 0x0A7F, LetterScripts.Gurmukhi),
        (0x0A80, 0x0AFF, LetterScripts.Gujarati),
        (0x0B00, 0x0B7F, LetterScripts.Oriya),
        (0x0B80, 0x0BFF, LetterScripts.Tamil),
        (0x0C00, 0x0C7F, LetterScripts.Telugu),
        (0x0C80, 0x0CFF, LetterScripts.Kannada),
        (0x0D00, 0x0D7F, LetterScripts.Malayalam),
        (0x0D80, 0x0DFF, LetterScripts.Sinhala),
        (0x0E00, 0x0E7F, LetterScripts.Thai),
        (0x0E80, 0x0EFF, LetterScripts.Lao),
        (0x10D0, 0x10FF, LetterScripts.Georgian),
        (0x1780, 0x17FF, LetterScripts.Khmer),
        (0x1E00, 0x1EFF, LetterScripts.Latin),
        (0x1F00, 0x1FFF, LetterScripts.Greek),
        (0x3005, 0x3007, LetterScripts.Han),
        (0x3041, 0x309F, LetterScripts.Hiragana),
        (0x30A1, 0x30FF, LetterScripts.Katakana),
        (0x3105, 0x312F, LetterScripts.Bopomofo),
        (0x3400, 0x4DBF, LetterScripts.Han),
        (0x4E00, 0x9FFF, LetterScripts.Han),
        (0xAC00, 0xD7A3, LetterScripts.Hangul),
        (0x20000, 0x2FA1F, LetterScripts.Han),
    ];

    /// <summary>The script of a letter or of a mark on it; none for digits, symbols and unlisted scripts.</summary>
    public static LetterScripts Of(string text, int index)
    {
        int letter = char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index) : text[index];
        LetterScripts script = Array.Find(Blocks, block => letter >= block.First && letter <= block.Last).Script;
        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.LowercaseLetter => script,

            // The clicks of Latin look like bars and exclamation marks.
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.LetterNumber =>
                script == LetterScripts.Latin ? LetterScripts.None : script,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => script,
            _ => LetterScripts.None,
        };
    }
}
