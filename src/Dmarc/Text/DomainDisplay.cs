namespace Dmarc.Text;

/// <summary>
/// Shows a domain to people with U-labels, followed by the A-labels, as in <c>例え.example (xn--r8jz45g.example)</c>. A
/// name that could imitate another one keeps its A-labels: labels that mix scripts (UTS #39 §5.2, highly restrictive),
/// Cyrillic or Greek letters that all look Latin, symbols, and A-labels without a U-label. Never for comparing, and
/// never in a property that holds a domain: the pipeline carries A-labels.
/// </summary>
internal static class DomainDisplay
{
    private const string Prefix = "xn--";

    private const LetterScripts Japanese = LetterScripts.Han | LetterScripts.Hiragana | LetterScripts.Katakana;

    private static readonly LetterScripts[] Together =
    [
        LetterScripts.Latin | Japanese,
        LetterScripts.Latin | LetterScripts.Han | LetterScripts.Bopomofo,
        LetterScripts.Latin | LetterScripts.Han | LetterScripts.Hangul,
    ];

    /// <summary>Letters of one script that look like Latin letters: a label of only these is not shown.</summary>
    private static readonly (LetterScripts Script, string Letters)[] Lookalikes =
    [
        (LetterScripts.Cyrillic, "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ"),
        (LetterScripts.Greek, "αικνρυωηοτ"),
    ];

    /// <summary>Strokes that imitate a slash, a hyphen or a dot unless Japanese text surrounds them.</summary>
    private const string Strokes = "ノンソゾー一丶丿";

    /// <summary>A domain in readable form, followed by its A-labels; other text unchanged.</summary>
    public static string Of(string? text)
    {
        if (!TryFind(text, out string name))
        {
            return text ?? "";
        }

        return Readable(name) is { } readable ? readable + " (" + name + ")" : name;
    }

    /// <summary>The output of <see cref="Of"/> without the U-labels, for narrow places; other text unchanged.</summary>
    public static string WithoutUnicode(string text)
    {
        int start = text.IndexOf(" (", StringComparison.Ordinal) + 2;
        string name = start > 1 && text[text.Length - 1] == ')' ? text.Substring(start, text.Length - start - 1) : "";
        return name.Length > 0 && Of(name) == text ? name : text;
    }

    /// <summary>A mail address with its domain in readable form, or with A-labels if that could mislead.</summary>
    public static string OfAddress(string? text)
    {
        int at = text?.IndexOf('@') ?? -1;
        return at >= 0 && at == text!.LastIndexOf('@') && TryFind(text.Substring(at + 1), out string name)
            ? text.Substring(0, at + 1) + (Readable(name) ?? name)
            : text ?? "";
    }

    /// <summary>The name with U-labels; null if it has none or could imitate another name.</summary>
    private static string? Readable(string name)
    {
        string readable = NameText.ToUnicode(name);
        return readable != name
            && NameText.TryNormalize(readable, out string again, out _) && again == name
            && IsClear(readable.Split('.'))
            ? readable
            : null;
    }

    private static bool IsClear(string[] labels)
    {
        LetterScripts last = ScriptsOf(labels[labels.Length - 1]) ?? LetterScripts.None;
        return Array.TrueForAll(labels, label =>
            !label.StartsWith(Prefix, StringComparison.Ordinal)
            && ScriptsOf(label) is { } scripts
            && (IsOne(scripts) || Array.Exists(Together, together => (scripts & ~together) == 0))
            && !Array.Exists(Lookalikes, alike => scripts == alike.Script && last != alike.Script && LooksLatin(label, alike.Letters))
            && !HasLoneStroke(label));
    }

    /// <summary>The scripts of the letters in a label; null if it has a character that must not be shown.</summary>
    private static LetterScripts? ScriptsOf(string label)
    {
        LetterScripts scripts = LetterScripts.None;
        for (int index = 0; index < label.Length; index += char.IsSurrogatePair(label, index) ? 2 : 1)
        {
            if (IsAsciiSign(label[index]))
            {
                continue;
            }

            LetterScripts script = LetterScript.Of(label, index);
            if (script == LetterScripts.None)
            {
                return null;
            }

            scripts |= script;
        }

        return scripts;
    }

    private static bool IsOne(LetterScripts scripts) => (scripts & (scripts - 1)) == 0;

    private static bool LooksLatin(string label, string letters) =>
        label.All(character => IsAsciiSign(character) || letters.IndexOf(character) >= 0);

    private static bool HasLoneStroke(string label) =>
        label.Length > 1 && Enumerable.Range(0, label.Length).Any(index =>
            Strokes.IndexOf(label[index]) >= 0 && !IsJapanese(label, index - 1) && !IsJapanese(label, index + 1));

    private static bool IsJapanese(string label, int index) =>
        index >= 0 && index < label.Length && (LetterScript.Of(label, index) & Japanese) != 0;

    private static bool IsAsciiSign(char character) => character is (>= '0' and <= '9') or '-' or '_';

    /// <summary>Gets the domain from a text if the domain has two forms.</summary>
    private static bool TryFind(string? text, out string name)
    {
        name = "";
        return text is not null
            && (text.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) >= 0 || text.Any(character => character > 0x7F))
            && NameText.TryNormalize(text, out name, out _);
    }
}
