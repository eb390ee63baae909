
namespace Dmarc.Text;

/// <summary>
/// One kind of finding: its stable code, its severity and where the rule stands in writing. Its message and remedy are
/// the resources <c>Finding_{Code}</c> and <c>Finding_{Code}_Remedy</c> of <c>Strings.resx</c>. The descriptors of a
/// protocol are the static fields of that protocol's <c>…Findings</c> class.
/// </summary>
/// <param name="Code">A stable name such as <c>DmarcRecordMissing</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reference">The section that makes the rule, such as <c>RFC 9989 §4.7</c>; empty where it is advice of our own.</param>
public sealed record FindingDescriptor(string Code, Severity Severity, string Reference = "")
{
    private static readonly char[] Braces = ['{', '}'];

    /// <summary>The message as it stands in the resource, with its placeholders.</summary>
    public string MessageFormat => Text("Finding_" + Code);

    /// <summary>The remedy as it stands in the resource, with the same placeholders as the message.</summary>
    public string RemedyFormat => Text("Finding_" + Code + "_Remedy");

    /// <summary>A finding of this kind about a whole input.</summary>
    /// <param name="arguments">The values for the placeholders of message and remedy alike.</param>
    public Finding Create(params object?[] arguments) => CreateAt(null, arguments);

    /// <summary>A finding of this kind at a place.</summary>
    /// <param name="position">Where in the input, from 0; null where it is about the whole.</param>
    /// <param name="arguments">The values for the placeholders of message and remedy alike.</param>
    public Finding CreateAt(int? position, params object?[] arguments) => new(
        Code,
        Severity,
        Fill(MessageFormat, arguments),
        Fill(RemedyFormat, arguments),
        Reference,
        position);

    /// <summary>A text without placeholders, as most remedies are, is the same one for all findings of its kind.</summary>
    private static string Fill(string format, object?[] arguments) =>
        format.IndexOfAny(Braces) < 0 ? format : Sentences.Fill(format, arguments);

    private static string Text(string name) =>
        Strings.ResourceManager.GetString(name, Strings.Culture)
        ?? throw new InvalidOperationException("The resource '" + name + "' is missing.");
}
