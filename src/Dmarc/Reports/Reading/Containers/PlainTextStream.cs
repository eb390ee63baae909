using System.Text;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>
/// Gives text that is not written as mail is, in UTF-8 and with line feeds: text in UTF-16, as redirections of Windows PowerShell write it, and text whose
/// lines end with a carriage return alone.
/// </summary>
internal sealed class PlainTextStream : Stream
{
    private const int Characters = 1 << 12;
    private readonly TextReader? _text;
    private readonly Stream _source;
    private readonly char[] _read = new char[Characters];
    private byte[] _held = [];
    private int _start;
    private bool _afterReturn;

    /// <param name="source">The text.</param>
    /// <param name="encoding">How it is encoded; null for text that only needs line feeds.</param>
    public PlainTextStream(Stream source, Encoding? encoding)
    {
        _source = source;
        _text = encoding is null ? null : new StreamReader(source, encoding);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How to open content as text in UTF-8 with line feeds; null for content that is no such text, or is read as it is.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="kind">What these show it to be.</param>
    public static Func<Stream, Stream>? OpenerFor(byte[] head, ReportKind kind)
    {
        if (kind is not (ReportKind.Unknown or ReportKind.Base64 or ReportKind.Message or ReportKind.Mailbox or ReportKind.Failure))
        {
            return null;
        }

        if (Utf16Of(head) is { } encoding)
        {
            return source => new PlainTextStream(source, encoding);
        }

        if (Array.IndexOf(head, (byte)'\r') < 0 || Array.IndexOf(head, (byte)'\n') >= 0)
        {
            return null;
        }

        byte[] lines = Array.ConvertAll(head, octet => octet == (byte)'\r' ? (byte)'\n' : octet);
        return ContentSniffer.Sniff(lines) is ReportKind.Message or ReportKind.Mailbox or ReportKind.Failure ? source => new PlainTextStream(source, null) : null;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_text is null)
        {
            return ReadLines(buffer, offset, count);
        }

        if (_start == _held.Length)
        {
            int read = _text.Read(_read, 0, _read.Length);
            _held = Encoding.UTF8.GetBytes(_read, 0, read);
            _start = 0;
        }

        int given = Math.Min(count, _held.Length - _start);
        Array.Copy(_held, _start, buffer, offset, given);
        _start += given;
        return given;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The byte order of text in UTF-16, by its mark or by the zeros beside its first letters; null for other content.</summary>
    private static Encoding? Utf16Of(byte[] head)
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
            int read = _source.Read(buffer, offset, count);
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
