namespace Dmarc.Mail;

/// <summary>
/// Reads the messages of an mbox file one at a time, so that the memory needed is that of the largest message. It reads
/// all four variants: a message ends before a <c>From …</c> line after an empty line, or at its <c>Content-Length</c>
/// if such a line or the end of the file follows there.
/// </summary>
internal sealed class MboxReader(Stream stream, MailReadOptions options)
{
    private const int FirstSize = 64 * 1024;
    private const int MaximumEnvelopeLength = 1024;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>
    /// The messages in order, as unparsed bytes. Each is read on demand and shares no memory with the next.
    /// </summary>
    /// <param name="stream">The file; left open, and read along with the sequence.</param>
    /// <param name="options">The limits. A larger message is cut, later ones are not.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IEnumerable<MailBytes> ReadBytes(Stream stream, MailReadOptions options) =>
        new MboxReader(stream, options).ReadAll();

    private IEnumerable<MailBytes> ReadAll()
    {
        // A file without any envelope line is one message.
        _ = Fill(3);
        _start += AsciiBytes.MarkLength(_buffer.AsSpan(_start, _end - _start));
        SkipBlankLines();
        while (Fill(1))
        {
            if (IsEnvelopeAt(_start))
            {
                SkipLine();
            }

            if (ReadMessage() is { } message)
            {
                yield return message;
            }
        }
    }

    private MailBytes? ReadMessage()
    {
        int length = FindEnd(out bool truncated, out bool quoted);
        byte[] bytes = new byte[length];
        Array.Copy(_buffer, _start, bytes, 0, length);
        _start += length;
        if (truncated)
        {
            SkipToEnvelope();
        }
        else
        {
            // The empty line before the next envelope line belongs to the separator.
            SkipBlankLines();
        }

        int kept = quoted ? Unquote(bytes, length) : length;
        return kept == 0 ? null : new MailBytes(bytes.AsMemory(0, kept), truncated);
    }

    /// <summary>The length of the message at the start of the buffer.</summary>
    private int FindEnd(out bool truncated, out bool quoted)
    {
        truncated = false;
        quoted = false;
        int position = 0;
        int maximum = options.MaximumMessageBytes;
        bool inHeader = true;

        // The empty line that ends the header belongs to the message, even without a body.
        int headerEnd = 0;
        bool afterBlank = false;
        long declared = -1;
        while (true)
        {
            int lineEnd = LineEnd(position, maximum, out bool tooLong);
            if (lineEnd == position)
            {
                return afterBlank && !inHeader ? Math.Max(headerEnd, WithoutLineEnd(position)) : position;
            }

            if (tooLong)
            {
                truncated = true;
                return maximum;
            }

            // The buffer may move when more is read, so examine the line first.
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(_buffer.AsSpan(_start + position, lineEnd - position));
            bool isBlank = line.IsEmpty;
            bool isQuoted = !inHeader && IsQuotedEnvelope(line);
            if (inHeader && AsciiBytes.StartsWith(line, "Content-Length:"))
            {
                declared = ReadNumber(line.Slice("Content-Length:".Length));
            }

            if (afterBlank && AsciiBytes.StartsWith(line, "From ") && IsEnvelopeAt(_start + position))
            {
                return Math.Max(headerEnd, WithoutLineEnd(position));
            }

            if (inHeader && isBlank)
            {
                inHeader = false;
                headerEnd = lineEnd;
                if (declared >= 0 && lineEnd + declared <= maximum && EndsAt(lineEnd + (int)declared))
                {
                    // mboxcl2: the content is as sent, without quoting.
                    return lineEnd + (int)declared;
                }
            }

            quoted |= isQuoted;
            afterBlank = isBlank;
            position = lineEnd;
        }
    }

    /// <summary>Removes one quoting mark from lines that begin like an envelope line.</summary>
    private static int Unquote(byte[] bytes, int length)
    {
        int target = 0;
        int position = 0;
        while (position < length)
        {
            int next = MailHeaderSection.NextLine(bytes.AsSpan(0, length), position);
            int from = bytes[position] == (byte)'>' && IsQuotedEnvelope(bytes.AsSpan(position, next - position)) ? position + 1 : position;
            Array.Copy(bytes, from, bytes, target, next - from);
            target += next - from;
            position = next;
        }

        return target;
    }

    private static bool IsQuotedEnvelope(ReadOnlySpan<byte> line)
    {
        int marks = 0;
        while (marks < line.Length && line[marks] == (byte)'>')
        {
            marks++;
        }

        return marks > 0 && AsciiBytes.StartsWith(line.Slice(marks), "From ");
    }

    private static long ReadNumber(ReadOnlySpan<byte> text)
    {
        long number = -1;
        foreach (byte octet in text)
        {
            if (octet is >= (byte)'0' and <= (byte)'9')
            {
                number = (Math.Max(number, 0) * 10) + (octet - '0');
                if (number > int.MaxValue)
                {
                    return -1;
                }
            }
            else if (!AsciiBytes.IsWhiteSpace(octet) || number >= 0)
            {
                return number;
            }
        }

        return number;
    }

    /// <summary>True if a message can end here: at the end or before an envelope line.</summary>
    private bool EndsAt(int position)
    {
        if (!Fill(position + 8))
        {
            return position == _end - _start || (position < _end - _start && IsOnlyBlank(position));
        }

        int next = position;
        for (int lines = 0; lines < 2; lines++)
        {
            if (IsEnvelopeAt(_start + next))
            {
                return true;
            }

            if (_buffer[_start + next] == AsciiBytes.CarriageReturn)
            {
                next++;
            }

            if (_buffer[_start + next] != AsciiBytes.LineFeed)
            {
                return false;
            }

            next++;
        }

        return false;
    }

    private bool IsOnlyBlank(int position)
    {
        foreach (byte octet in _buffer.AsSpan(_start + position, _end - _start - position))
        {
            if (octet is not (AsciiBytes.CarriageReturn or AsciiBytes.LineFeed))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An envelope line contains a time and a year; few text lines that begin with the same word do.</summary>
    private bool IsEnvelopeAt(int index)
    {
        int relative = index - _start;
        int lineEnd = LineEnd(relative, MaximumEnvelopeLength + relative, out _);
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start + relative, lineEnd - relative);
        if (!AsciiBytes.StartsWith(line, "From ") || line.IndexOf((byte)':') < 0)
        {
            return false;
        }

        for (int i = 5; i + 4 < line.Length; i++)
        {
            if (line[i] == AsciiBytes.Space
                && line[i + 1] is (byte)'1' or (byte)'2'
                && line[i + 2] is (byte)'9' or (byte)'0'
                && IsDigit(line[i + 3])
                && IsDigit(line[i + 4]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';

    /// <summary>A position in the message, or that before the line end which precedes it.</summary>
    private int WithoutLineEnd(int position) => MailHeaderSection.TrimLineEnd(_buffer.AsSpan(_start, position)).Length;

    /// <summary>The end of the line at a position in the message; the position itself at the end of the file.</summary>
    private int LineEnd(int position, int maximum, out bool tooLong)
    {
        int searched = position;
        while (true)
        {
            int available = _end - _start;
            int feed = _buffer.AsSpan(_start + searched, available - searched).IndexOf(AsciiBytes.LineFeed);
            int end = feed < 0 ? available : searched + feed + 1;
            tooLong = end > maximum;
            if (feed >= 0 || tooLong || !Fill(available + 1))
            {
                return end;
            }

            searched = available;
        }
    }

    private void SkipLine()
    {
        while (true)
        {
            int feed = _buffer.AsSpan(_start, _end - _start).IndexOf(AsciiBytes.LineFeed);
            if (feed >= 0)
            {
                _start += feed + 1;
                return;
            }

            _start = _end;
            if (!Fill(1))
            {
                return;
            }
        }
    }

    private void SkipToEnvelope()
    {
        SkipLine();
        while (Fill(1) && !IsEnvelopeAt(_start))
        {
            SkipLine();
        }
    }

    private void SkipBlankLines()
    {
        while (Fill(1) && _buffer[_start] is AsciiBytes.CarriageReturn or AsciiBytes.LineFeed)
        {
            _start++;
        }
    }

    /// <summary>Makes this many bytes available in the buffer; false if the file ends before.</summary>
    private bool Fill(int count)
    {
        while (_end - _start < count)
        {
            if (_atEnd)
            {
                return false;
            }

            if (_start > 0 && (_start == _end || _end == _buffer.Length))
            {
                Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
                _end -= _start;
                _start = 0;
            }

            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, 0x7FFFFFC7));
            }

            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _atEnd = read == 0;
            _end += read;
        }

        return true;
    }
}

/// <summary>A message of a mailbox before it is parsed.</summary>
/// <param name="Bytes">The message.</param>
/// <param name="IsTruncated">True if its end is missing.</param>
internal sealed record MailBytes(ReadOnlyMemory<byte> Bytes, bool IsTruncated);
