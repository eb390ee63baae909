namespace Dmarc.Mail;

/// <summary>
/// Converts text in unusual encodings to UTF-8 with line feeds: UTF-16, as written by redirections of Windows
/// PowerShell, and lines that end with a carriage return alone.
/// </summary>
internal sealed class PlainTextStream : ReadOnlyStream
{
    private const int Characters = 1 << 12;
    private readonly TextReader? _text;
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _read = new char[Characters];
    private readonly byte[] _held = new byte[Encoding.UTF8.GetMaxByteCount(Characters + 1)];
    private int _start;
    private int _end;
    private bool _afterReturn;

    /// <param name="source">The text.</param>
    /// <param name="encoding">Its encoding; null if only the line feeds are missing.</param>
    public PlainTextStream(Stream source, Encoding? encoding)
        : base(source) => _text = encoding is null ? null : new StreamReader(source, encoding);

    /// <summary>Opens content as UTF-8 text with line feeds; null if it is no such text or is read unchanged.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="isMail">True for the first bytes of mail: only mail gets its line feeds.</param>
    public static Func<Stream, Stream>? OpenerFor(ReadOnlySpan<byte> head, Func<byte[], bool> isMail)
    {
        if (Utf16Of(head) is { } encoding)
        {
            return source => new PlainTextStream(source, encoding);
        }

        if (head.IndexOf(AsciiBytes.CarriageReturn) < 0 || head.IndexOf(AsciiBytes.LineFeed) >= 0)
        {
            return null;
        }

        byte[] lines = Array.ConvertAll(head.ToArray(), octet => octet == AsciiBytes.CarriageReturn ? AsciiBytes.LineFeed : octet);
        return isMail(lines) ? source => new PlainTextStream(source, null) : null;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_text is null)
        {
            return ReadLines(buffer, offset, count);
        }

        while (_start == _end)
        {
            // The encoder keeps a character whose second half is yet to come.
            int read = _text.Read(_read, 0, _read.Length);
            (_start, _end) = (0, _encoder.GetBytes(_read, 0, read, _held, 0, flush: read == 0));
            if (read == 0)
            {
                break;
            }
        }

        int given = Math.Min(count, _end - _start);
        Array.Copy(_held, _start, buffer, offset, given);
        _start += given;
        return given;
    }

    /// <summary>The byte order of UTF-16 text, by its mark or the zeros of its first letters; null if none.</summary>
    private static Encoding? Utf16Of(ReadOnlySpan<byte> head)
    {
        const int Sure = 32;
        if (head.Length < Sure)
        {
            return null;
        }

        bool isMarked = head[0] + head[1] == 0xFF + 0xFE && head[0] is 0xFF or 0xFE;
        int letters = isMarked ? 2 : 0;
        bool isBig = head[letters] == 0;
        for (int index = letters; index < Sure; index += 2)
        {
            if (head[index + (isBig ? 0 : 1)] != 0 || head[index + (isBig ? 1 : 0)] is 0 or > 0x7E)
            {
                return null;
            }
        }

        return isBig ? Encoding.BigEndianUnicode : Encoding.Unicode;
    }

    private int ReadLines(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            int read = Inner.Read(buffer, offset, count);
            int target = offset;
            for (int index = offset; index < offset + read; index++)
            {
                byte octet = buffer[index];
                if (octet != (byte)'\n' || !_afterReturn)
                {
                    buffer[target++] = octet == (byte)'\r' ? (byte)'\n' : octet;
                }

                _afterReturn = octet == (byte)'\r';
            }

            if (target > offset || read == 0)
            {
                return target - offset;
            }
        }
    }
}
