namespace Dmarc.Mail.Pasted;

/// <summary>Removes the surroundings of a header: lines of mail programs, quotation marks, indentation.</summary>
internal static class PastedLayout
{
    /// <summary>The maximum number of lines searched for text from a program's window.</summary>
    private const int MaximumPreface = 40;

    /// <summary>Lines that Gmail's "Show original", Outlook and Thunderbird write around the header.</summary>
    private static readonly string[] WindowLines =
    [
        "original message", "download original", "copy to clipboard", "internet headers", "internet headers:", "message source",
        "message headers", "message headers:", "microsoft mail internet headers version 2.0",
    ];

    /// <summary>Rows of Gmail's table above the header, with a tab or a colon after the name.</summary>
    private static readonly string[] TableRows = ["MESSAGE ID", "CREATED AT", "CREATED ON", "SPF", "DKIM", "DMARC"];

    /// <summary>Rows of that table that look like header fields.</summary>
    private static readonly string[] AmbiguousRows = ["FROM", "TO", "SUBJECT"];

    /// <summary>
    /// Removes the lines of a program's window. Gmail's table looks like header fields, so it is removed only if a line
    /// follows that never occurs in a header.
    /// </summary>
    public static void RemovePreface(List<PastedLine> lines, ICollection<Finding> findings)
    {
        int last = -1;
        bool inTable = false;
        for (int i = 0; i < lines.Count && i < MaximumPreface; i++)
        {
            string line = lines[i].Text.Trim();
            bool isRow = IsRow(line, TableRows);
            if (isRow || IsWindowLine(line))
            {
                last = i;
                inTable = isRow;
            }
        }

        if (last < 0
            || HasTraceBefore(lines, last)
            || !lines.Skip(last + 1).Any(line => PastedFields.TryReadName(line.Text.TrimStart('>', ' '), out _)))
        {
            return;
        }

        // A table without verdicts ends in rows that look like fields.
        while (last + 1 < lines.Count && (lines[last + 1].IsBlank || (inTable && IsRow(lines[last + 1].Text, AmbiguousRows))))
        {
            last++;
        }

        lines.RemoveRange(0, last + 1);
        findings.Add(PastedHeadersFindings.Preface.Create(last + 1));
    }

    /// <summary>Removes <c>&gt;</c> before every line, repeated while nearly all lines have it.</summary>
    public static void RemoveQuotes(List<PastedLine> lines, ICollection<Finding> findings)
    {
        bool removed = false;
        for (int level = 0; level < 10; level++)
        {
            int written = lines.Count(line => !line.IsBlank);
            int quoted = lines.Count(line => line.Text.TrimStart() is { Length: > 0 } text && text[0] is '>' or '|');
            if (quoted == 0 || quoted * 10 < written * 8)
            {
                break;
            }

            removed = true;
            for (int i = 0; i < lines.Count; i++)
            {
                string text = lines[i].Text.TrimStart();
                if (text.Length > 0 && text[0] is '>' or '|')
                {
                    text = text.Substring(1);
                    lines[i] = lines[i] with { Text = text.Length > 0 && text[0] == ' ' ? text.Substring(1) : text };
                }
            }
        }

        if (removed)
        {
            findings.Add(PastedHeadersFindings.Quoted.Create());
        }
    }

    /// <summary>Removes the white space at the start of all lines.</summary>
    public static void RemoveIndentation(List<PastedLine> lines, ICollection<Finding> findings)
    {
        int common = lines.Where(line => !line.IsBlank)
            .Select(line => line.Text.Length - line.Text.TrimStart().Length).DefaultIfEmpty().Min();
        if (common == 0)
        {
            return;
        }

        for (int i = 0; i < lines.Count; i++)
        {
            lines[i] = lines[i] with { Text = lines[i].IsBlank ? "" : lines[i].Text.Substring(common) };
        }

        findings.Add(PastedHeadersFindings.Indented.Create());
    }

    /// <summary>True for a line of a program's window, and for a row of Gmail's table.</summary>
    public static bool IsPreface(string line) => IsWindowLine(line) || IsRow(line, TableRows);

    private static bool HasTraceBefore(List<PastedLine> lines, int end) =>
        lines.Take(end).Any(line =>
            PastedFields.TryReadName(line.Text.TrimStart('>', ' '), out string name)
                && PastedFields.IsTraceField(name));

    private static bool IsWindowLine(string line) => WindowLines.Contains(line, StringComparer.OrdinalIgnoreCase);

    private static bool IsRow(string line, string[] names)
    {
        int end = line.IndexOfAny([':', '\t']);
        return end > 0 && Array.IndexOf(names, line.Substring(0, end).Trim().ToUpperInvariant()) >= 0;
    }
}
