namespace Dmarc.Reports;

/// <summary>
/// Removes the remains of a damaged tag from the text beside it. The text is escaped by the repairing reader: '&lt;'
/// and '&gt;' of a broken tag are references.
/// </summary>
internal static class TagResidue
{
    private const string Less = "&lt;";
    private const string Greater = "&gt;";
    private const string EndTag = Less + "/";
    private const int Far = 100;
    private static readonly char[] Punctuation = ['/', '?', '!', ' ', '\t', '\r', '\n'];

    /// <summary>True for a name that may be a damaged form of another: one or two characters differ.</summary>
    public static bool IsLike(ReadOnlySpan<char> written, string name) => EditDistance.Of(written, name, 2) <= (name.Length >= 5 ? 2 : 1);

    /// <summary>
    /// The value before an end tag whose start tag is damaged or missing; null if tag and value cannot be separated.
    /// </summary>
    public static string? AfterStart(string text, string name)
    {
        int greater = text.LastIndexOf(Greater, StringComparison.Ordinal);
        if (greater >= 0)
        {
            return text.Substring(greater + Greater.Length).Trim();
        }

        bool isTorn = text.IndexOf(Less, StringComparison.Ordinal) >= 0
            || ReportVocabulary.IsVital(name) && text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0;
        return isTorn ? null : text.Trim();
    }

    /// <summary>The value of an element with a damaged or missing end tag; null if ambiguous.</summary>
    public static string? BeforeEnd(string text, string name)
    {
        if (FindCut(text, name) is { } cut)
        {
            string value = text.Substring(0, cut).Trim();
            return value.IndexOf(EndTag, StringComparison.Ordinal) >= 0 ? null : value;
        }

        // Without the '<', the character before may be damaged or belong to the value.
        int slash = text.LastIndexOf('/');
        ReadOnlySpan<char> tail = text.AsSpan(slash + 1);
        bool isTorn = slash >= 0 && IsLike(Core(tail.ToString()).AsSpan(), name)
            || text.IndexOf(EndTag, StringComparison.Ordinal) >= 0
            || text.IndexOf(
                name,
                Math.Max(0, text.Length - name.Length - Greater.Length - 1),
                StringComparison.OrdinalIgnoreCase) >= 0
            && ReportVocabulary.IsVital(name);
        return isTorn ? null : text.Trim();
    }

    /// <summary>True for text that is the rest of a tag, not a value.</summary>
    public static bool IsOfTag(string text)
    {
        string core = Core(text);
        return core.Length == 0 || ReportVocabulary.Names.Any(name =>
            (ReportVocabulary.HoldsElements(name) || name is ReportVocabulary.Dkim or ReportVocabulary.Spf)
            && IsLike(core.AsSpan(), name));
    }

    /// <summary>
    /// The start of a torn end tag at the end of a value: the '&lt;' with the most similar rest. A tag with an extra
    /// '&lt;' has two, and cutting at the second one would leave half of the tag in the value.
    /// </summary>
    private static int? FindCut(string text, string name)
    {
        int? cut = null;
        int least = int.MaxValue;
        for (int less = text.IndexOf(Less, StringComparison.Ordinal); less >= 0; less = text.IndexOf(Less, less + Less.Length, StringComparison.Ordinal))
        {
            string core = Core(text.Substring(less));
            int distance = core.Length > 0 && IsLike(core.AsSpan(), name) ? EditDistance.Of(core.AsSpan(), name, 2) : Far;
            if (distance < least && (distance < Far || core.Length == 0))
            {
                cut = less;
                least = distance;
            }
        }

        return cut;
    }

    /// <summary>A torn tag without its punctuation.</summary>
    private static string Core(string text) => text.Replace(Less, "").Replace(Greater, "").Trim(Punctuation);
}
