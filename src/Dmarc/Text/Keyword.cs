namespace Dmarc.Text;

/// <summary>Words of a fixed set, which match in any letter case.</summary>
internal static class Keyword
{
    /// <summary>True if a text is a word. Most are written as in their standard, so that is compared first.</summary>
    public static bool Is(string text, string word) =>
        text.Length == word.Length
        && (string.Equals(text, word, StringComparison.Ordinal) || string.Equals(text, word, StringComparison.OrdinalIgnoreCase));
}
