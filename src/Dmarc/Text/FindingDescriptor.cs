namespace Dmarc.Text;

/// <summary>
/// One kind of finding: an entry of the catalogue in <c>Catalogue/Findings</c>. The build generates the descriptors of
/// an area as the static fields of its <c>…Findings</c> class.
/// </summary>
/// <param name="Area">The area, which is the name of its file in the catalogue.</param>
/// <param name="Code">A stable name such as <c>DmarcRecordMissing</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reference">The section that sets the rule, such as <c>RFC 9989 §4.7</c>; empty for mere advice.</param>
internal sealed record FindingDescriptor(string Area, string Code, Severity Severity, string Reference = "")
{
    private static readonly char[] Braces = ['{', '}'];

    /// <summary>The message from the catalogue, with its placeholders.</summary>
    public string MessageFormat => FindingCatalogue.Find(Area, Code, "text");

    /// <summary>The remedy from the catalogue, with the message's placeholders; may be empty.</summary>
    public string RemedyFormat => FindingCatalogue.Find(Area, Code, "remedy");

    /// <summary>A finding of this kind about a whole input.</summary>
    /// <param name="arguments">The values for the placeholders of message and remedy.</param>
    public Finding Create(params object?[] arguments) => CreateAt(null, arguments);

    /// <summary>A finding of this kind at a place.</summary>
    /// <param name="position">The offset in the input, from 0; null if the finding concerns the whole input.</param>
    /// <param name="arguments">The values for the placeholders of message and remedy.</param>
    public Finding CreateAt(int? position, params object?[] arguments) => new(
        Code,
        Severity,
        Fill(MessageFormat, arguments),
        Fill(RemedyFormat, arguments),
        Reference,
        position);

    /// <summary>True if a text contains the message without values, in whatever language it was written.</summary>
    public bool IsIn(string text) => FindingCatalogue.FindAll(Area, Code, "text")
        .Any(format => text.IndexOf(Fill(format, [""]), StringComparison.Ordinal) >= 0);

    /// <summary>A text without placeholders, as most remedies are, is shared by all findings of its kind.</summary>
    private static string Fill(string format, object?[] arguments) =>
        format.IndexOfAny(Braces) < 0 ? format : Sentences.Fill(format, arguments);
}
