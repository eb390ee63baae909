namespace Dmarc.Mail.Pasted;

/// <summary>
/// A header copied from a mail program and pasted as text, with the damage of copying repaired. The message has no
/// body: its signatures can be checked as far as they cover the header.
/// </summary>
/// <param name="Message">The header, as interpreted, as a message without a body.</param>
/// <param name="Findings">The repairs, and the remaining problems of the message.</param>
/// <param name="IsIntact">
/// True if no repair was needed, even if text after the header or beyond its limit was left out: the text may then be a
/// whole message, which <see cref="MailMessage"/> reads better.
/// </param>
internal sealed record PastedHeaders(MailMessage Message, PrintableList<Finding> Findings, bool IsIntact)
{
    /// <summary>Reads any text; a text without a header field yields a message without one.</summary>
    public static PastedHeaders Read(string source)
    {
        List<Finding> findings = [];

        // If the header is intact up to its first empty line, later text must not make it look damaged.
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

        MailMessage message = MailMessage.Parse(Encoding.UTF8.GetBytes(header));
        bool isIntact = findings.TrueForAll(finding =>
            finding.Code == PastedHeadersFindings.Body.Code || finding.Code == PastedHeadersFindings.TooLong.Code);
        findings.AddRange(message.Findings);
        return new PastedHeaders(message, [.. findings], isIntact);
    }

    /// <summary>
    /// True if a line may be the first of a header piped in line by line: a field, also quoted or indented, or a line
    /// that a program writes above it.
    /// </summary>
    internal static bool MayBegin(string line)
    {
        string text = line.Trim();
        if (text.Length == 0 || text[0] is '>' or '|' || text.IndexOf('\t') >= 0 || PastedLayout.IsPreface(text))
        {
            return text.Length > 0;
        }

        // One letter before a colon is a drive, and two colons are a path with a provider.
        return PastedFields.TryReadName(text, out string name)
            && name.Length > 1
            && !text.StartsWith(name + "::", StringComparison.Ordinal);
    }
}

/// <summary>A line of the text.</summary>
/// <param name="Text">The line, without its line end.</param>
/// <param name="Number">The line number, from 1.</param>
internal readonly record struct PastedLine(string Text, int Number)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
