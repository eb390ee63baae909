using Dmarc.Mail;

namespace Dmarc.Reports;

/// <summary>Detects the kind of content by its first bytes.</summary>
internal static class ContentSniffer
{
    /// <summary>The number of bytes examined.</summary>
    public const int HeadLength = 8192;

    private static readonly string[] TlsMembers =
        ["\"organization-name\"", "\"date-range\"", "\"policies\"", "\"policy-type\"", "\"failure-details\""];

    private static readonly string[] ReportTags = ["feedback", "report_metadata", "policy_published"];

    private static readonly string[] XmlTags =
        ["<feedback", "<report_metadata", "<policy_published", "<record>", "<?xml"];

    /// <summary>The kind of content.</summary>
    /// <param name="head">The first bytes; fewer than <see cref="HeadLength"/> only if there are no more.</param>
    public static ReportKind Sniff(ReadOnlySpan<byte> head)
    {
        if (head.Length > HeadLength)
        {
            head = head.Slice(0, HeadLength);
        }

        if (SniffBytes(head) is { } known)
        {
            return known;
        }

        ReportKind kind = SniffText(ToText(head), head);
        return kind is ReportKind.Unknown or ReportKind.Base64 && PackedText.Sniff(head) is { } packedText ? packedText
            : kind == ReportKind.Unknown ? SniffBehindJunk(head)
            : kind;
    }

    /// <summary>The kind by the signature at the start; null for text and unknown content.</summary>
    private static ReportKind? SniffBytes(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> gzip = [0x1F, 0x8B];
        ReadOnlySpan<byte> compound = [0xD0, 0xCF, 0x11, 0xE0];
        ReadOnlySpan<byte> tnef = [0x78, 0x9F, 0x3E, 0x22];
        return head.IsEmpty ? ReportKind.Empty
            : head.StartsWith(gzip) ? ReportKind.Gzip
            : head.StartsWith("PK\u0003\u0004"u8) ? ReportKind.Zip
            : head.StartsWith("PK\u0005\u0006"u8) || head.StartsWith("PK\u0007\u0008"u8) ? ReportKind.Zip
            : head.StartsWith(compound) && head.Length >= 8 ? ReportKind.CompoundFile
            : head.StartsWith("!BDN"u8) ? ReportKind.OutlookStore
            : head.StartsWith(tnef) ? ReportKind.Tnef
            : ArchiveSignature.NameOf(head) is not null ? ReportKind.OtherArchive
            : IsCms(head) ? ReportKind.Cms
            : null;
    }

    /// <summary>A sequence with the type of CMS data (RFC 5652 §3, RFC 3274 §1.1, RFC 5083 §2.1).</summary>
    private static bool IsCms(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> old = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
        ReadOnlySpan<byte> later = [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01];
        if (head.Length < 16 || head[0] != 0x30)
        {
            return false;
        }

        ReadOnlySpan<byte> content = head.Slice(Math.Min(head.Length, 2 + (head[1] > 0x80 ? head[1] - 0x80 : 0)));
        return (content.StartsWith(old) && content.Length > old.Length && content[old.Length] is 2 or 3 or 4)
            || (content.StartsWith(later) && content.Length > later.Length && content[later.Length] is 9 or 23);
    }

    /// <summary>An archive or gzip data after other data.</summary>
    private static ReportKind SniffBehindJunk(ReadOnlySpan<byte> head)
    {
        const int HeaderLength = 30;
        int zip = head.IndexOf("PK\u0003\u0004"u8);
        if (zip >= 0 && zip + HeaderLength < head.Length && head[zip + 5] < 10 && head[zip + 9] == 0 && head[zip + 8] < 100)
        {
            return ReportKind.Zip;
        }

        ReadOnlySpan<byte> start = [0x1F, 0x8B, 0x08];
        int gzip = head.IndexOf(start);
        return gzip >= 0 && gzip + 10 < head.Length && (head[gzip + 3] & 0xE0) == 0 ? ReportKind.Gzip : ReportKind.Unknown;
    }

    /// <summary>True for text with an XML declaration.</summary>
    public static bool BeginsWithDeclaration(ReadOnlySpan<byte> head) =>
        ToText(head).TrimStart(' ', '\t', '\r', '\n', '\uFEFF', '\0').StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);

    private static ReportKind SniffText(string text, ReadOnlySpan<byte> head)
    {
        string trimmed = text.TrimStart(' ', '\t', '\r', '\n', '\uFEFF', '\0');
        if (trimmed.Length == 0)
        {
            return text.Length < HeadLength ? ReportKind.Empty : ReportKind.Unknown;
        }

        if (trimmed[0] == '<')
        {
            return (Contains(trimmed, "<html")
                || trimmed.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase))
                && !SaysReport(trimmed)
                ? ReportKind.Html
                : ReportKind.Xml;
        }

        if (trimmed[0] is '{' or '[' && Array.Exists(TlsMembers, member => Contains(trimmed, member)))
        {
            return ReportKind.Tls;
        }

        if (HasFeedbackType(trimmed))
        {
            return ReportKind.Failure;
        }

        switch (MailDetector.Detect(head))
        {
            case MailFormat.Message:
                return ReportKind.Message;
            case MailFormat.Mbox:
                return ReportKind.Mailbox;
        }

        return Array.Exists(XmlTags, tag => Contains(trimmed, tag)) && !IsBinary(trimmed) ? ReportKind.Xml
            : IsBase64(trimmed) ? ReportKind.Base64
            : ReportKind.Unknown;
    }

    /// <summary>True for XML with elements of an aggregate report.</summary>
    public static bool IsAggregateReport(ReadOnlySpan<byte> head) => SaysReport(ToText(head));

    /// <summary>True for fields with the one that only feedback reports have, not messages (RFC 5965 §3.1).</summary>
    public static bool HasFeedbackType(string text)
    {
        const string Name = "Feedback-Type";
        int at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            int after = at + Name.Length;
            while (after < text.Length && text[after] is ' ' or '\t')
            {
                after++;
            }

            if (after < text.Length && text[after] == ':' && (at == 0 || text[at - 1] == '\n'))
            {
                // In a message it would be in a part, after an empty line.
                string before = text.Substring(0, at);
                return before.IndexOf("\n\n", StringComparison.Ordinal) < 0 && before.IndexOf("\n\r\n", StringComparison.Ordinal) < 0;
            }

            at = text.IndexOf(Name, after, StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    /// <summary>The name of the document type that the text declares; empty if there is none.</summary>
    public static string DocumentType(ReadOnlySpan<byte> head) => DocumentType(ToText(head));

    private static string DocumentType(string text)
    {
        const string Declaration = "<!DOCTYPE";
        int at = text.IndexOf(Declaration, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        string rest = text.Substring(at + Declaration.Length).TrimStart();
        int end = rest.IndexOfAny([' ', '\t', '\r', '\n', '[', '>', '<']);
        return end < 0 ? "" : rest.Substring(0, end);
    }

    /// <summary>
    /// True if the outermost element or the document type is a report's, or if several of its elements occur. A single
    /// one may belong to a web page or picture, whose elements have arbitrary names.
    /// </summary>
    private static bool SaysReport(string text) =>
        ReportTags.Contains(MarkupRoot.NameOf(text), StringComparer.OrdinalIgnoreCase)
        || DocumentType(text).Equals("feedback", StringComparison.OrdinalIgnoreCase)
        || ReportTags.Count(tag => MarkupRoot.HasTag(text, tag)) > 1;

    /// <summary>True for bytes that are not text in any common character set.</summary>
    /// <param name="head">The beginning of the content.</param>
    public static bool IsBinary(ReadOnlySpan<byte> head)
    {
        const byte Escape = 0x1B;
        const byte Delete = 0x7F;
        int others = 0;
        foreach (byte octet in head)
        {
            others += octet is < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or Escape) or Delete ? 1 : 0;
        }

        return others > head.Length / 20;
    }

    /// <summary>True for text that is binary: programs and archives may contain any words.</summary>
    private static bool IsBinary(string text)
    {
        int others = 0;
        foreach (char character in text)
        {
            others += character is < ' ' and not ('\t' or '\r' or '\n' or '\f') or '\uFFFD' or '\u007F' ? 1 : 0;
        }

        return others > 8 && others > text.Length / 20;
    }

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsBase64(string text)
    {
        if (text.StartsWith("H4sI", StringComparison.Ordinal) || text.StartsWith("UEsDB", StringComparison.Ordinal))
        {
            // Gzip or zip data, anything between.
            return true;
        }

        int characters = 0;
        int padding = 0;
        foreach (char character in text)
        {
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                continue;
            }

            if (character == '=')
            {
                padding++;
            }
            else if (padding > 0 || !(character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/'))
            {
                return false;
            }

            characters++;
        }

        // Content longer than the examined part need not end here.
        return characters >= 24 && padding <= 2 && (text.Length >= HeadLength - 64 || characters % 4 == 0);
    }

    private static string ToText(ReadOnlySpan<byte> head)
    {
        byte[] bytes = head.ToArray();
        if (bytes.Length >= 4)
        {
            if ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] is (byte)'<' or (byte)'{' or (byte)'[' && bytes[1] == 0))
            {
                return Encoding.Unicode.GetString(bytes);
            }

            if ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0 && bytes[1] is (byte)'<' or (byte)'{' or (byte)'['))
            {
                return Encoding.BigEndianUnicode.GetString(bytes);
            }
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
