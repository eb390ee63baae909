using Dmarc.Mail;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>Decides if a message without a report should have contained one.</summary>
internal static class MessagePromise
{
    private static readonly string[] DamageCodes =
    [
        MailFindings.BoundaryMissing.Code, MailFindings.BoundaryNotFound.Code, MailFindings.BoundaryUnclosed.Code,
        MailFindings.HeaderLineUnreadable.Code,
        MailFindings.HeaderTooLong.Code, MailFindings.TooManyHeaders.Code, MailFindings.TransferEncodingUnknown.Code,
        MailFindings.NoHeader.Code,
    ];

    /// <summary>
    /// True if type or content announce a report (RFC 9990 §3.5.1, RFC 8460 §5.3). The subject alone does not: replies
    /// to a report have it too.
    /// </summary>
    public static bool IsReport(MailMessage message)
    {
        bool isSubject = SpeaksOfReport(message);
        return (IsCutInLine(message) && MayHaveHeldReport(message))
            || message.Root.ContentType.GetParameter("report-type") is "tlsrpt" or "feedback-report"
            || message.Root.SelfAndDescendants().Any(part => HoldsPackedText(part) || IsUndeclared(part) || (isSubject && IsUnknown(part)));
    }

    /// <summary>The damage to a message that may explain the missing report.</summary>
    public static IEnumerable<Finding> Damage(MailMessage message) =>
        message.Findings.Where(finding => Array.IndexOf(DamageCodes, finding.Code) >= 0)
            .Concat(IsCutInLine(message) || (IsHeaderOpen(message) && MayHaveHeldReport(message)) ? [ReportFindings.MessageCutOff.Create()] : [])
            .Concat(HasPartsNotNamed(message) ? [ReportFindings.PartsMisplaced.Create()] : [])
            .Take(1);

    /// <summary>True for the last message of a mailbox that ends in part of a further envelope line.</summary>
    public static bool EndsInEnvelope(MailBytes message)
    {
        ReadOnlySpan<byte> raw = message.Bytes.Span;
        int line = raw.LastIndexOf(AsciiBytes.LineFeed) + 1;
        return !message.IsTruncated
            && raw.Slice(line).StartsWith("From "u8)
            && MailHeaderSection.TrimLineEnd(raw.Slice(0, line)).EndsWith("\n"u8);
    }

    /// <summary>
    /// True for a message that ends with a header line. A message without a body may do so (RFC 5322 §2.1, §3.5), and
    /// so does the last one of a truncated mailbox.
    /// </summary>
    private static bool IsHeaderOpen(MailMessage message)
    {
        ReadOnlySpan<byte> raw = message.Raw.Span;
        return message.Body.IsEmpty && !raw.EndsWith("\n\n"u8) && !raw.EndsWith("\n\r\n"u8);
    }

    /// <summary>True for a message that ends within a header line.</summary>
    private static bool IsCutInLine(MailMessage message)
    {
        ReadOnlySpan<byte> raw = message.Raw.Span;
        return message.Body.IsEmpty && raw.Length > 0 && raw[raw.Length - 1] != (byte)'\n';
    }

    /// <summary>
    /// True if the rest of a header mentions a report or parts, or is truncated before it shows the subject. Other mail
    /// loses no report if it is truncated here.
    /// </summary>
    private static bool MayHaveHeldReport(MailMessage message)
    {
        MailHeader? last = message.Headers.Count == 0 ? null : message.Headers[message.Headers.Count - 1];
        return message.GetHeader("Subject") is not { } subject
            || (IsCutInLine(message) && ReferenceEquals(last, subject))
            || message.Root.IsMultipart
            || SpeaksOfReport(message);
    }

    private static bool SpeaksOfReport(MailMessage message)
    {
        string subject = message.Subject;
        return Contains(subject, "Report Domain:")
            || Contains(subject, "Report-ID:")
            || (Contains(subject, "DMARC") && Contains(subject, "report"))
            || message.GetHeader("TLS-Report-Domain") is not null;
    }

    /// <summary>True for a single-part message whose body begins with a delimiter and the fields of a part.</summary>
    private static bool HasPartsNotNamed(MailMessage message)
    {
        if (message.Root.IsMultipart || message.Root.Message is not null)
        {
            return false;
        }

        ReadOnlySpan<byte> body = message.Root.RawContent.Span;
        while (!body.IsEmpty && body[0] is AsciiBytes.CarriageReturn or AsciiBytes.LineFeed)
        {
            body = body.Slice(1);
        }

        if (!body.StartsWith("--"u8))
        {
            return false;
        }

        // The message may be truncated within the name of a field.
        const string Name = "Content-";
        ReadOnlySpan<byte> fields = body.Slice(MailHeaderSection.NextLine(body, 0));
        int length = Math.Min(fields.Length, Name.Length);
        return length > 0 && AsciiBytes.EqualsIgnoreCase(fields.Slice(0, length), Name.Substring(0, length));
    }

    /// <summary>True for binary data in a part without a type: the field with the type is damaged.</summary>
    private static bool IsUndeclared(MimePart part)
    {
        if (part.IsMultipart
            || part.Message is not null
            || part.TransferEncoding != TransferEncoding.Base64
            || part.ContentType.Value.IndexOf('/') > 0)
        {
            return false;
        }

        byte[] head = part.ReadContent(ContentSniffer.HeadLength);
        return ContentSniffer.IsBinary(head) && ContentSniffer.Sniff(head) == ReportKind.Unknown;
    }

    private static bool IsUnknown(MimePart part) =>
        !part.IsMultipart && part.Message is null && !part.MediaType.StartsWith("text/", StringComparison.Ordinal)
        && ContentSniffer.Sniff(part.ReadContent(ContentSniffer.HeadLength)) is ReportKind.Unknown or ReportKind.Empty;

    /// <summary>True for base64 text in the message, regardless of its fields.</summary>
    private static bool HoldsPackedText(MimePart part)
    {
        const int Long = 60;
        const int Enough = 3;
        if (part.IsMultipart || part.Message is not null || part.TransferEncoding == TransferEncoding.Base64)
        {
            return false;
        }

        ReadOnlySpan<byte> text = part.RawContent.Span;
        int lines = 0;
        for (int position = 0; position < text.Length && lines < Enough;)
        {
            int next = MailHeaderSection.NextLine(text, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.Slice(position, next - position));
            if (line.StartsWith("H4sI"u8) || line.StartsWith("UEsDB"u8))
            {
                return true;
            }

            lines = line.Length >= Long && IsBase64(line) ? lines + 1 : 0;
            position = next;
        }

        return lines == Enough;
    }

    private static bool IsBase64(ReadOnlySpan<byte> line)
    {
        foreach (byte octet in line)
        {
            if (octet is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'/'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
