namespace Dmarc.Mail;

/// <summary>The mail format of a file.</summary>
internal enum MailFormat
{
    /// <summary>Not mail.</summary>
    None,

    /// <summary>One message (RFC 5322).</summary>
    Message,

    /// <summary>Several messages, each after an envelope line (RFC 4155).</summary>
    Mbox,
}

/// <summary>Detects mail by its first bytes.</summary>
internal static class MailDetector
{
    /// <summary>The number of bytes that suffice for a reliable result.</summary>
    public const int EnoughBytes = 16 * 1024;

    private static readonly string[] CommonNames =
    [
        "Received", "Return-Path", "Delivered-To", "From", "To", "Subject", "Date", "Message-ID", "MIME-Version",
        "Content-Type", "DKIM-Signature", "Authentication-Results", "ARC-Seal", "X-Received", "Received-SPF", "Sender", "Reply-To",
    ];

    /// <summary>The start of content that suffices for detection.</summary>
    public static ReadOnlySpan<byte> BeginningOf(ReadOnlySpan<byte> content) => content.Slice(0, Math.Min(content.Length, EnoughBytes));

    /// <summary>
    /// Detects if the bytes begin a message or an mbox file: they begin with header fields, at least one of them a mail
    /// field.
    /// </summary>
    /// <param name="beginning">The first bytes of the file, up to <see cref="EnoughBytes"/>.</param>
    public static MailFormat Detect(ReadOnlySpan<byte> beginning)
    {
        int first = AsciiBytes.MarkLength(beginning);
        while (first < beginning.Length && beginning[first] is AsciiBytes.LineFeed or AsciiBytes.CarriageReturn)
        {
            first++;
        }

        bool envelope = AsciiBytes.StartsWith(beginning.Slice(first), "From ");
        int position = MailHeaderSection.SkipPreface(beginning);
        bool any = false;
        while (position < beginning.Length)
        {
            int next = MailHeaderSection.NextLine(beginning, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(beginning.Slice(position, next - position));
            position = next;
            if (line.IsEmpty)
            {
                break;
            }

            if (any && AsciiBytes.IsWhiteSpace(line[0]))
            {
                continue;
            }

            if (!MailHeaderSection.TryReadName(line, out int nameLength, out _))
            {
                if (AsciiBytes.StartsWith(line, ">From "))
                {
                    continue;
                }

                break;
            }

            any = true;
            if (IsCommon(line.Slice(0, nameLength)))
            {
                return envelope ? MailFormat.Mbox : MailFormat.Message;
            }
        }

        return MailFormat.None;
    }

    private static bool IsCommon(ReadOnlySpan<byte> name)
    {
        foreach (string common in CommonNames)
        {
            if (AsciiBytes.EqualsIgnoreCase(name, common))
            {
                return true;
            }
        }

        return false;
    }
}
