using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>A parsed record (RFC 7208 §4.5, §4.6.1).</summary>
internal sealed class SpfRecord(string text, SpfTerm[] terms, PrintableList<Finding> findings, string problem)
{
    /// <summary>The published record.</summary>
    public string Text { get; } = text;

    /// <summary>The valid terms, in order.</summary>
    public PrintableList<SpfTerm> Terms { get; } = new(terms);

    /// <summary>The first <c>all</c>; null if there is none.</summary>
    public SpfTerm? All { get; } = Array.Find(terms, term => term.Kind == SpfTermKind.All);

    /// <summary>The <c>redirect</c>, even without effect; null if there is none.</summary>
    public SpfTerm? Redirect { get; } = Array.Find(terms, term => term.Kind == SpfTermKind.Redirect);

    /// <summary>The <c>exp</c>; null if there is none.</summary>
    public SpfTerm? Explanation { get; } = Array.Find(terms, term => term.Kind == SpfTermKind.Explanation);

    /// <summary>The parser's findings.</summary>
    public PrintableList<Finding> Findings { get; } = findings;

    /// <summary>The term at a position of the record.</summary>
    /// <returns>Null if there is no valid term.</returns>
    internal SpfTerm? TermAt(int position) =>
        Positions.LastAt(Terms, term => term.Position, position) is >= 0 and int index
            && position < Terms[index].Position + Terms[index].Text.Length
            ? Terms[index]
            : null;

    /// <summary>False if there is any syntax error: the result is then always permerror (RFC 7208 §4.6).</summary>
    public bool IsValid => Problem.Length == 0;

    /// <summary>The first syntax error, in a sentence; empty if there is none.</summary>
    public string Problem { get; } = problem;

    internal SpfTerm[] Mechanisms { get; } = Array.FindAll(terms, term => term.IsMechanism);

    /// <summary>True for <c>v=spf1</c>, in any letter case, before a space or the end (RFC 7208 §4.5).</summary>
    public static bool IsSpf(string? text) =>
        text is not null
        && text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)
        && (text.Length == 6 || text[6] == ' ');

    /// <summary>True for a TXT record with such a text. Type SPF is obsolete (RFC 7208 §3.1).</summary>
    internal static bool IsSpf(DnsRecord record) =>
        record is TxtRecord { Type: DnsRecordType.TXT } txt && IsSpf(txt.Text);

    /// <summary>The published record.</summary>
    public override string ToString() => Text;
}
