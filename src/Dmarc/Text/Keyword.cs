namespace Dmarc.Text;

/// <summary>Words of a fixed set, which count in any case of letters.</summary>
internal static class Keyword
{
    /// <summary>True if a text is a word. Nearly all are written as their standard has them, so that is looked for first.</summary>
    public static bool Is(string text, string word) =>
        text.Length == word.Length
        && (string.Equals(text, word, StringComparison.Ordinal) || string.Equals(text, word, StringComparison.OrdinalIgnoreCase));
}
