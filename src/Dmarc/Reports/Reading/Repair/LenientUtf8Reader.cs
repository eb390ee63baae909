namespace Dmarc.Reports.Reading.Repair;

/// <summary>
/// Reads UTF-8 with invalid bytes. A byte outside a valid sequence is read as Windows-1252, which it nearly always is:
/// a name in an older encoding under a UTF-8 declaration, or the declared encoding itself.
/// </summary>
internal sealed class LenientUtf8Reader(Stream stream, RepairLog log) : TextReader
{
    // Windows-1252, 0x80 to 0x9F; the five unassigned bytes become the replacement character.
    private const string Windows1252 =
        "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD"
        + "\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    private readonly byte[] _bytes = new byte[1 << 14];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;
    private long _line = 1;
    private char _pendingLow;

    public override int Peek() => -1;

    public override int Read(char[] buffer, int index, int count)
    {
        int written = 0;
        if (_pendingLow != 0 && count > 0)
        {
            buffer[index] = _pendingLow;
            _pendingLow = '\0';
            written = 1;
        }

        while (written < count)
        {
            if (_end - _start < 4 && !_ended)
            {
                Fill();
            }

            if (_start == _end)
            {
                break;
            }

            byte first = _bytes[_start];
            if (first < 0x80)
            {
                if (first == '\n')
                {
                    _line++;
                }

                buffer[index + written++] = (char)first;
                _start++;
                continue;
            }

            int length = SequenceLength(out int scalar);
            if (length == 0)
            {
                log.ReplacedBytesLine = log.ReplacedBytes++ == 0 ? _line : log.ReplacedBytesLine;
                buffer[index + written++] = first < 0xA0 ? Windows1252[first - 0x80] : (char)first;
                _start++;
                continue;
            }

            _start += length;
            if (scalar < 0x10000)
            {
                buffer[index + written++] = (char)scalar;
                continue;
            }

            buffer[index + written++] = (char)(0xD7C0 + (scalar >> 10));
            char low = (char)(0xDC00 | (scalar & 0x3FF));
            if (written < count)
            {
                buffer[index + written++] = low;
            }
            else
            {
                _pendingLow = low;
            }
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The length of the valid sequence at the start (RFC 3629 §4); 0 if there is none.</summary>
    private int SequenceLength(out int scalar)
    {
        scalar = 0;
        int first = _bytes[_start];
        int length = first switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length == 0 || _end - _start < length)
        {
            return 0;
        }

        scalar = first & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++)
        {
            int next = _bytes[_start + i];
            if ((next & 0xC0) != 0x80)
            {
                return 0;
            }

            scalar = (scalar << 6) | (next & 0x3F);
        }

        bool shortest = length == 2 || (length == 3 ? scalar >= 0x800 : scalar is >= 0x10000 and <= 0x10FFFF);
        return shortest && scalar is < 0xD800 or > 0xDFFF ? length : 0;
    }

    private void Fill()
    {
        Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
        _end -= _start;
        _start = 0;
        while (_end < 4 && !_ended)
        {
            int read = stream.Read(_bytes, _end, _bytes.Length - _end);
            _ended = read == 0;
            _end += read;
        }

        if (!_begun)
        {
            _begun = true;
            _start += AsciiBytes.MarkLength(_bytes.AsSpan(0, _end));
        }
    }
}
