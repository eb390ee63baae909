using Dmarc.Mail;
using Dmarc.Text;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>Tells whether a message in which no report was found should have held one.</summary>
internal static class MessagePromise
{
    private static readonly string[] DamageCodes =
    [
        MailFindings.BoundaryMissing.Code, MailFindings.BoundaryNotFound.Code, MailFindings.BoundaryUnclosed.Code, MailFindings.HeaderLineUnreadable.Code,
        MailFindings.HeaderTooLong.Code, MailFindings.TooManyHeaders.Code, MailFindings.TransferEncodingUnknown.Code, MailFindings.NoHeader.Code,
    ];

    /// <summary>
    /// True where type or content say that there should be a report (RFC 9990 §3.5.1, RFC 8460 §5.3). The subject alone does
    /// not: answers to a report have it, too.
    /// </summary>
    public static bool IsReport(MailMessage message)
    {
        bool isSubject = SpeaksOfReport(message);
        return (IsCutInLine(message) && MayHaveHeldReport(message))
            || message.Root.ContentType.GetParameter("report-type") is "tlsrpt" or "feedback-report"
            || message.Root.SelfAndDescendants().Any(part => HoldsPackedText(part) || (isSubject && IsUnknown(part)));
    }

    /// <summary>What is wrong with a message, where that may be why nothing was found.</summary>
    public static IEnumerable<Finding> Damage(MailMessage message) =>
        message.Findings.Where(finding => Array.IndexOf(DamageCodes, finding.Code) >= 0)
            .Concat(IsHeaderOpen(message) && MayHaveHeldReport(message) ? [ReportFindings.MessageCutOff.Create()] : [])
            .Take(1);

    /// <summary>
    /// True for a message that ends with a line of its header. One without a body may do so (RFC 5322 §2.1, §3.5), and the last one of a
    /// mailbox that was cut off does.
    /// </summary>
    private static bool IsHeaderOpen(MailMessage message)
    {
        ReadOnlySpan<byte> raw = message.Raw.Span;
        return message.Body.IsEmpty && !raw.EndsWith("\n\n"u8) && !raw.EndsWith("\n\r\n"u8);
    }

    /// <summary>True for a message that ends inside a line of its header.</summary>
    private static bool IsCutInLine(MailMessage message)
    {
        ReadOnlySpan<byte> raw = message.Raw.Span;
        return message.Body.IsEmpty && raw.Length > 0 && raw[raw.Length - 1] != (byte)'\n';
    }

    /// <summary>
    /// True if what is left of a header speaks of a report or of parts, or breaks off before it says what the message is about. Other mail
    /// loses no report when it ends here.
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

    private static bool IsUnknown(MimePart part) =>
        !part.IsMultipart && part.Message is null && !part.MediaType.StartsWith("text/", StringComparison.Ordinal)
        && ContentSniffer.Sniff(part.ReadContent(ContentSniffer.HeadLength)) is ReportKind.Unknown or ReportKind.Empty;

    /// <summary>True for text that stands as base64 in the message, whatever its fields say.</summary>
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
