namespace Dmarc.Mail;

/// <summary>The header section of a message or a part, and where its body begins.</summary>
/// <param name="Headers">The fields in order.</param>
/// <param name="BodyStart">The offset of the body in the bytes.</param>
internal sealed record MailHeaderSection(PrintableList<MailHeader> Headers, int BodyStart)
{
    private const int ShownCharacters = 60;
    private const int MaximumFindings = 20;

    /// <summary>
    /// Reads the fields up to the first empty line. Lines end in CRLF or LF. An envelope line (<c>From …</c>) before
    /// the first field, as written in mbox files and by some delivery agents, is skipped.
    /// </summary>
    /// <param name="bytes">The bytes of the whole message or part.</param>
    /// <param name="offset">The offset of the bytes in the input, for positions.</param>
    /// <param name="isMessage">True for a message, whose leading empty lines are skipped.</param>
    /// <param name="options">The limits.</param>
    /// <param name="findings">Receives the findings.</param>
    public static MailHeaderSection Read(
        ReadOnlyMemory<byte> bytes,
        int offset,
        bool isMessage,
        MailReadOptions options,
        ICollection<Finding> findings)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        List<MailHeader> headers = [];
        int position = isMessage ? SkipPreface(span) : 0;
        int begin = position;
        Field field = default;
        bool limited = false;
        int unreadable = 0;
        while (position < span.Length)
        {
            int next = NextLine(span, position);
            ReadOnlySpan<byte> line = TrimLineEnd(span.Slice(position, next - position));
            if (line.IsEmpty)
            {
                Close(ref field, position);
                position = next;
                break;
            }

            if (AsciiBytes.IsWhiteSpace(line[0]) && field.IsOpen)
            {
                position = next;
                continue;
            }

            Close(ref field, position);
            limited = limited || IsOverLimit(headers, position - begin, offset + position, options, findings);
            if (TryReadName(line, out int nameLength, out int colon))
            {
                field = limited ? default : new Field(position, nameLength, colon);
            }
            else if (AsciiBytes.StartsWith(line, "--") || (headers.Count == 0 && !isMessage))
            {
                // The empty line before the body is missing.
                break;
            }
            else if (!limited && !IsEnvelopeLine(line) && unreadable++ < MaximumFindings)
            {
                findings.Add(MailFindings.HeaderLineUnreadable.CreateAt(offset + position, Show(bytes.Slice(position, line.Length))));
            }

            position = next;
        }

        Close(ref field, position);
        return new MailHeaderSection([.. headers], position);

        void Close(ref Field open, int end)
        {
            if (open.IsOpen && end - open.Start > options.MaximumHeaderBytes)
            {
                limited = true;
                findings.Add(TooLong(offset + open.Start, options));
            }
            else if (open.IsOpen)
            {
                headers.Add(new MailHeader(bytes.Slice(open.Start, end - open.Start), open.NameLength, open.Colon, offset + open.Start, headers.Count));
            }

            open = default;
        }
    }

    /// <summary>True if a line has the form of a field; finds the end of its name and its colon.</summary>
    internal static bool TryReadName(ReadOnlySpan<byte> line, out int nameLength, out int colon)
    {
        nameLength = 0;
        colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        nameLength = colon;
        while (nameLength > 0 && AsciiBytes.IsWhiteSpace(line[nameLength - 1]))
        {
            nameLength--;
        }

        foreach (byte octet in line.Slice(0, nameLength))
        {
            if (octet is <= 0x20 or >= 0x7F)
            {
                return false;
            }
        }

        return nameLength > 0;
    }

    /// <summary>The start of the next line after a position.</summary>
    internal static int NextLine(ReadOnlySpan<byte> span, int position)
    {
        int feed = span.Slice(position).IndexOf(AsciiBytes.LineFeed);
        return feed < 0 ? span.Length : position + feed + 1;
    }

    /// <summary>A line without its CRLF or LF.</summary>
    internal static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[line.Length - 1] == AsciiBytes.LineFeed)
        {
            line = line.Slice(0, line.Length - 1);
            if (line.Length > 0 && line[line.Length - 1] == AsciiBytes.CarriageReturn)
            {
                line = line.Slice(0, line.Length - 1);
            }
        }

        return line;
    }

    /// <summary>
    /// Skips the byte order mark, empty lines and an envelope line before the first field, and the line with the length
    /// that Apple Mail adds there (.emlx).
    /// </summary>
    internal static int SkipPreface(ReadOnlySpan<byte> span)
    {
        int position = AsciiBytes.MarkLength(span);
        int start = position;
        int first = NextLine(span, position);
        if (IsNumber(TrimLineEnd(span.Slice(position, first - position))))
        {
            position = first;
        }

        while (position < span.Length && span[position] is AsciiBytes.LineFeed or AsciiBytes.CarriageReturn)
        {
            position++;
        }

        if (position < span.Length && IsEnvelopeLine(span.Slice(position)))
        {
            return NextLine(span, position);
        }

        // Empty lines before text other than a header end an empty header.
        return position < span.Length
            && TryReadName(TrimLineEnd(span.Slice(position, NextLine(span, position) - position)), out _, out _)
                ? position
                : start;
    }

    private static bool IsNumber(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        while (digits < line.Length && line[digits] is >= (byte)'0' and <= (byte)'9')
        {
            digits++;
        }

        int end = line.Length;
        while (end > digits && line[end - 1] == AsciiBytes.Space)
        {
            end--;
        }

        return digits is > 0 and < 10 && end == digits;
    }

    private static bool IsEnvelopeLine(ReadOnlySpan<byte> line) =>
        AsciiBytes.StartsWith(line, "From ") || AsciiBytes.StartsWith(line, ">From ");

    private static bool IsOverLimit(
        List<MailHeader> headers, int length, int position, MailReadOptions options, ICollection<Finding> findings)
    {
        if (length > options.MaximumHeaderBytes)
        {
            findings.Add(TooLong(position, options));
            return true;
        }

        if (headers.Count >= options.MaximumHeaderCount)
        {
            findings.Add(
                MailFindings.TooManyHeaders.CreateAt(
                    position, options.MaximumHeaderCount.ToString("N0", CultureInfo.InvariantCulture)));
            return true;
        }

        return false;
    }

    private static Finding TooLong(int position, MailReadOptions options) =>
        MailFindings.HeaderTooLong.CreateAt(position, options.MaximumHeaderBytes.ToString("N0", CultureInfo.InvariantCulture));

    private static string Show(ReadOnlyMemory<byte> line) =>
        Charsets.DecodeLenient(line.Length > ShownCharacters ? line.Slice(0, ShownCharacters) : line);

    private readonly record struct Field(int Start, int NameLength, int Colon)
    {
        public bool IsOpen => Colon > 0;
    }
}
