using System.Text;
using Dmarc.Text;

namespace Dmarc.Mail.Pasted;

/// <summary>
/// A header that somebody copied out of a mail program and pasted as text, with what copying did to it repaired. The
/// message has no body: its signatures can be checked as far as they cover the header.
/// </summary>
internal sealed record PastedHeaders
{
    /// <summary>The header as a message without body.</summary>
    public required MailMessage Message { get; init; }

    /// <summary>The header as it was understood, with lines that end in CRLF.</summary>
    public string Text { get; init; } = "";

    /// <summary>What was repaired, and what is wrong with the message nevertheless.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>
    /// True if nothing had to be repaired, whatever was left out behind the header or its limit: the text may then be a whole message
    /// that <see cref="MailMessage"/> reads better.
    /// </summary>
    public bool IsIntact { get; init; }

    /// <summary>Reads a text. Whatever it holds, something is returned; a text without any header field gives a message without one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The limits of the message; the defaults where null.</param>
    public static PastedHeaders Read(string text, MailReadOptions? options = null)
    {
        List<Finding> findings = [];
        string source = text ?? throw new ArgumentNullException(nameof(text));

        // Where the header is sound as far as its first empty line, nothing after that can make it look damaged.
        int end = PastedFields.FindEnd(source);
        int length = end < 0 ? source.Length : end;
        if (length > MailLimits.PastedLength)
        {
            length = MailLimits.PastedLength;
            findings.Add(PastedHeadersFindings.TooLong.Create(MailLimits.PastedLength));
        }

        List<PastedLine> lines = PastedText.ToLines(source.Substring(0, length), findings);
        PastedLayout.RemovePreface(lines, findings);
        PastedLayout.RemoveQuotes(lines, findings);
        PastedLayout.RemoveIndentation(lines, findings);
        string header = PastedFields.Join(lines, findings);
        if (end >= 0 && !string.IsNullOrWhiteSpace(source.Substring(end)))
        {
            findings.Add(PastedHeadersFindings.Body.Create(lines.Count + 1));
        }

        MailMessage message = MailMessage.Parse(Encoding.UTF8.GetBytes(header), options);
        bool isIntact = findings.TrueForAll(finding =>
            finding.Code == PastedHeadersFindings.Body.Code || finding.Code == PastedHeadersFindings.TooLong.Code);
        findings.AddRange(message.Findings);
        return new PastedHeaders { Message = message, Text = header, Findings = [.. findings], IsIntact = isIntact };
    }

    /// <summary>
    /// True if a line may be the first of a header that comes line by line: a field, quoted or indented too, or a line
    /// that a program writes above it.
    /// </summary>
    internal static bool MayBegin(string line)
    {
        string text = line.Trim();
        if (text.Length == 0 || text[0] is '>' or '|' || text.IndexOf('\t') >= 0 || PastedLayout.IsPreface(text))
        {
            return text.Length > 0;
        }

        // A letter before a colon is a drive, and two colons are a path with its provider.
        return PastedFields.TryReadName(text, out string name) && name.Length > 1 && !text.StartsWith(name + "::", StringComparison.Ordinal);
    }

    /// <summary>The header as it was understood.</summary>
    public override string ToString() => Text;
}

/// <summary>A line of the text.</summary>
/// <param name="Text">The line, without its end.</param>
/// <param name="Number">Its number, from 1.</param>
internal readonly record struct PastedLine(string Text, int Number)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
