namespace Dmarc.Standards.Spf;

/// <summary>A text in which some parts are values of the current message (RFC 7208 §7).</summary>
internal sealed class MacroString(string text, MacroPart[] parts)
{
    /// <summary>The text as written.</summary>
    public string Text => text;

    /// <summary>The expansion if it is the same for every message; otherwise null.</summary>
    public string? Literal { get; } =
        parts.Length == 0 ? "" : parts.Length == 1 && parts[0].Letter == '\0' ? parts[0].Literal : null;

    internal ReadOnlySpan<MacroPart> Parts => parts;

    /// <summary>The text as written.</summary>
    public override string ToString() => Text;

    internal bool Uses(char letter) => Array.Exists(parts, part => part.Letter == letter);

    /// <summary>True if only the current domain is needed to expand it.</summary>
    internal bool NeedsOnlyDomain() => Array.TrueForAll(parts, part => part.Letter is '\0' or 'd');
}

/// <summary>Either literal text (the letter is NUL) or one macro.</summary>
/// <param name="Literal">The text; for a macro, the delimiters.</param>
/// <param name="Letter">The macro letter in lower case.</param>
/// <param name="Escapes">True for an upper-case letter, whose value is URL-escaped.</param>
/// <param name="Keep">The number of right-hand parts kept; 0 for all.</param>
/// <param name="Reverses">True if the parts are reversed first.</param>
internal readonly record struct MacroPart(string Literal, char Letter = '\0', bool Escapes = false, int Keep = 0, bool Reverses = false);
