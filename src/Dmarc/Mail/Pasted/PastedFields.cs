namespace Dmarc.Mail.Pasted;

/// <summary>
/// Assembles the fields: finds continuation lines that lost their white space, skips empty lines between fields, and
/// stops at the body.
/// </summary>
internal static class PastedFields
{
    private const int MaximumNameLength = 77;
    private const int ShownCharacters = 60;

    /// <summary>The number of lines examined to detect that every other one is empty.</summary>
    private const int SpacingLines = 8;

    /// <summary>Fields that servers write at the top and that never begin a body.</summary>
    private static readonly string[] TraceFields =
    [
        "Received", "Return-Path", "Delivered-To", "X-Received", "Received-SPF", "Authentication-Results", "DKIM-Signature",
        "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results", "X-Google-Smtp-Source", "X-Google-DKIM-Signature",
        "X-Forefront-Antispam-Report", "X-Microsoft-Antispam", "Authentication-Results-Original", "X-Original-To",
    ];

    /// <summary>Other header fields; a repeated one, or one after body text, does not resume a header.</summary>
    private static readonly string[] CommonFields =
    [
        "From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Reply-To",
        "Sender", "References", "In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Feedback-ID", "Precedence",
        "Auto-Submitted", "User-Agent", "X-Mailer", "Thread-Topic", "Thread-Index", "Importance",
    ];

    /// <summary>Words before a colon in the values of Microsoft's antispam fields and in URLs.</summary>
    private static readonly string[] ValueWords =
    [
        "http", "https", "mailto", "CIP", "CTRY", "LANG", "SCL", "SRV", "IPV", "SFV", "H", "PTR", "CAT", "SFS", "DIR", "BCL", "PCL",
        "RULEID", "ARA", "SFP", "SFTY",
    ];

    public static string Join(List<PastedLine> lines, ICollection<Finding> findings)
    {
        StringBuilder builder = new();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        int folds = 0;
        int firstFold = 0;
        int skippedBlanks = 0;
        bool spaced = IsDoubleSpaced(lines);
        int index = 0;
        for (; index < lines.Count; index++)
        {
            PastedLine line = lines[index];
            if (line.IsBlank)
            {
                int next = index + 1;
                while (next < lines.Count && lines[next].IsBlank)
                {
                    next++;
                }

                // After empty lines, the header resumes at a server's field, or at a common one not seen yet.
                // In double-spaced text, two empty lines stand for one empty line of the header.
                bool isEnd = !spaced || next > index + 1;
                if (seen.Count > 0 && isEnd && !(next < lines.Count && GoesOn(lines[next].Text, seen)))
                {
                    break;
                }

                skippedBlanks += next - index;
                index = next - 1;
                continue;
            }

            if (line.Text[0] is ' ' or '\t')
            {
                if (seen.Count > 0)
                {
                    builder.Append(line.Text.TrimEnd()).Append("\r\n");
                    continue;
                }

                line = line with { Text = line.Text.TrimStart() };
            }

            if (TryReadName(line.Text, out string name))
            {
                seen.Add(name);
                builder.Append(line.Text.TrimEnd()).Append("\r\n");
            }
            else if (seen.Count == 0)
            {
                findings.Add(PastedHeadersFindings.Stray.Create(line.Number, PrintableText.Shorten(line.Text, ShownCharacters)));
            }
            else if (line.Text.StartsWith("--", StringComparison.Ordinal))
            {
                break;
            }
            else
            {
                firstFold = folds++ == 0 ? line.Number : firstFold;
                builder.Append(' ').Append(line.Text.TrimEnd()).Append("\r\n");
            }
        }

        if (folds > 0)
        {
            findings.Add(PastedHeadersFindings.Folding.Create(folds, firstFold));
        }

        if (skippedBlanks > 0)
        {
            findings.Add(PastedHeadersFindings.BlankLines.Create(skippedBlanks));
        }

        if (lines.Skip(index).Any(line => !line.IsBlank))
        {
            findings.Add(PastedHeadersFindings.Body.Create(lines[index].Number));
        }

        return builder.ToString();
    }

    /// <summary>
    /// The end of a header at the start of the text that consists only of fields and continuation lines; -1 if there is
    /// none, or if it continues after the empty line.
    /// </summary>
    public static int FindEnd(string text)
    {
        if (IsDoubleSpaced(text))
        {
            return -1;
        }

        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        int start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        while (start < text.Length)
        {
            string line = LineAt(text, start, out int next);
            if (line.Length == 0)
            {
                break;
            }

            if (TryReadName(line, out string name))
            {
                seen.Add(name);
            }
            else if (seen.Count == 0 || line[0] is not (' ' or '\t'))
            {
                return -1;
            }

            start = next;
        }

        if (seen.Count == 0 || start >= text.Length)
        {
            return -1;
        }

        for (int position = start; position < text.Length;)
        {
            string line = LineAt(text, position, out position);
            if (!string.IsNullOrWhiteSpace(line))
            {
                return GoesOn(line, seen) ? -1 : start;
            }
        }

        return start;
    }

    /// <summary>
    /// True if a line begins a field: a name of letters, digits, hyphens and underscores before a colon. This is
    /// narrower than RFC 5322, because continuation lines such as <c>h=From:To</c> would otherwise count as fields.
    /// </summary>
    public static bool TryReadName(string line, out string name)
    {
        name = "";
        int colon = line.IndexOf(':');
        if (colon is <= 0 or > MaximumNameLength
            || !IsLetter(line[0])
            || !line.Take(colon)
                .All(character => IsLetter(character) || character is (>= '0' and <= '9') or '-' or '_'))
        {
            return false;
        }

        name = line.Substring(0, colon);
        return Array.IndexOf(ValueWords, name) < 0;
    }

    public static bool IsTraceField(string name) =>
        TraceFields.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.StartsWith("X-MS-Exchange-", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the header resumes after empty lines. A message in a body repeats fields like From.</summary>
    private static bool GoesOn(string line, HashSet<string> seen) =>
        TryReadName(line, out string name)
        && (IsTraceField(name)
            || (CommonFields.Contains(name, StringComparer.OrdinalIgnoreCase) && !seen.Contains(name)));

    private static string LineAt(string text, int start, out int next)
    {
        int feed = text.IndexOf('\n', start);
        int end = feed < 0 ? text.Length : feed;
        next = Math.Min(end + 1, text.Length);
        return text.Substring(start, end - start).TrimEnd('\r');
    }

    private static bool IsDoubleSpaced(string text)
    {
        List<PastedLine> lines = [];
        for (int position = 0; position < text.Length && lines.Count < SpacingLines * 2;)
        {
            lines.Add(new PastedLine(LineAt(text, position, out position), lines.Count + 1));
        }

        return IsDoubleSpaced(lines);
    }

    /// <summary>
    /// True if every other line is empty, as pasted from word processors and web pages. The first lines decide: a body
    /// may be double-spaced itself.
    /// </summary>
    private static bool IsDoubleSpaced(List<PastedLine> lines)
    {
        int written = 0;
        int followed = 0;
        for (int i = 0; i + 1 < lines.Count && written < SpacingLines; i++)
        {
            if (!lines[i].IsBlank)
            {
                written++;
                followed += lines[i + 1].IsBlank ? 1 : 0;
            }
        }

        return followed >= SpacingLines / 2 && followed >= written - 1;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
