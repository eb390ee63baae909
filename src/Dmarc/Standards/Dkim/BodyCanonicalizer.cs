using System.Numerics;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Canonicalizes a body (RFC 6376 §3.4.3, §3.4.4) for its hashes. A line may end in CRLF or LF, and is hashed with
/// CRLF. Most of a body is already in canonical form: such runs are found with vector comparisons and passed on whole.
/// </summary>
internal sealed class BodyCanonicalizer(DkimCanonicalization form)
{
    private const byte Tab = AsciiBytes.Tab;
    private const byte LineFeed = AsciiBytes.LineFeed;
    private const byte CarriageReturn = AsciiBytes.CarriageReturn;
    private const byte Space = AsciiBytes.Space;
    private const int BufferSize = 16 * 1024;
    private const int DirectSize = 2048;

    private readonly List<BodyHasher> _targets = [];
    private readonly bool _relaxed = form == DkimCanonicalization.Relaxed;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    // Held back until it is known whether more follows: line ends and white space.
    private long _lineEnds;
    private bool _space;
    private bool _anything;

    /// <summary>The canonical form.</summary>
    public DkimCanonicalization Form => form;

    /// <summary>Adds a receiver of the canonical form.</summary>
    public void Add(BodyHasher target) => _targets.Add(target);

    /// <summary>Processes the body, once.</summary>
    public void Read(byte[] data, int offset, int count)
    {
        int position = offset;
        int end = offset + count;
        while (position < end)
        {
            switch (data[position])
            {
                case LineFeed:
                    _space = false;
                    _lineEnds++;
                    position++;
                    break;
                case CarriageReturn when position + 1 < end && data[position + 1] == LineFeed:
                    position++;
                    break;
                case Space or Tab when _relaxed && !StartsRun(data, position, end):
                    _space = true;
                    position++;
                    break;
                default:
                    int next = _relaxed ? FindRelaxedTrouble(data, position, end) : FindBareLineFeed(data, position, end);
                    Run(data, position, next);
                    position = next;
                    break;
            }
        }

        // Trailing empty lines go; an unfinished last line gets a line end; an empty simple body is one line end.
        if (_anything || !_relaxed)
        {
            WriteLineEnd();
        }

        Flush();
    }

    /// <summary>True for a single space between two other characters, which is unchanged.</summary>
    private bool StartsRun(byte[] data, int position, int end) =>
        !_space && data[position] == Space && position + 1 < end && data[position + 1] > Space;

    /// <summary>The first byte after the start that the relaxed form changes.</summary>
    private static int FindRelaxedTrouble(byte[] data, int start, int end)
    {
        int position = start + 1;
        Vector<byte> space = new(Space);
        Vector<byte> tab = new(Tab);
        Vector<byte> feed = new(LineFeed);
        Vector<byte> carriage = new(CarriageReturn);
        while (position + Vector<byte>.Count < end)
        {
            Vector<byte> here = new(data, position);
            Vector<byte> next = new(data, position + 1);
            Vector<byte> previous = new(data, position - 1);
            Vector<byte> trouble = (Vector.Equals(here, space) & Vector.LessThanOrEqual(next, space))
                | Vector.Equals(here, tab)
                | Vector.AndNot(Vector.Equals(here, feed), Vector.Equals(previous, carriage));
            if (trouble != Vector<byte>.Zero)
            {
                break;
            }

            position += Vector<byte>.Count;
        }

        for (; position < end; position++)
        {
            byte octet = data[position];
            if (octet == Tab
                || (octet == Space && (position + 1 == end || data[position + 1] <= Space))
                || (octet == LineFeed && data[position - 1] != CarriageReturn))
            {
                break;
            }
        }

        return position;
    }

    private static int FindBareLineFeed(byte[] data, int start, int end)
    {
        int position = start + 1;
        while (position < end)
        {
            int found = Array.IndexOf(data, LineFeed, position, end - position);
            if (found < 0)
            {
                return end;
            }

            if (data[found - 1] != CarriageReturn)
            {
                return found;
            }

            position = found + 1;
        }

        return end;
    }

    /// <summary>Passes on a run in canonical form, but holds back its last line ends.</summary>
    private void Run(byte[] data, int start, int end)
    {
        int kept = end;
        while (kept - 2 >= start && data[kept - 1] == LineFeed && data[kept - 2] == CarriageReturn)
        {
            kept -= 2;
        }

        if (kept > start)
        {
            WriteHeld();
            Write(data, start, kept - start);
        }

        _lineEnds += (end - kept) / 2;
    }

    private void WriteHeld()
    {
        _anything = true;
        for (; _lineEnds > 0; _lineEnds--)
        {
            WriteLineEnd();
        }

        if (_space)
        {
            _space = false;
            WriteByte(Space);
        }
    }

    private void WriteLineEnd()
    {
        WriteByte(CarriageReturn);
        WriteByte(LineFeed);
    }

    private void WriteByte(byte octet)
    {
        if (_length == BufferSize)
        {
            Flush();
        }

        _buffer[_length++] = octet;
    }

    private void Write(byte[] data, int start, int count)
    {
        if (_length + count > BufferSize || count >= DirectSize)
        {
            Flush();
        }

        if (count >= DirectSize)
        {
            Deliver(data, start, count);
            return;
        }

        Buffer.BlockCopy(data, start, _buffer, _length, count);
        _length += count;
    }

    private void Flush()
    {
        Deliver(_buffer, 0, _length);
        _length = 0;
    }

    private void Deliver(byte[] data, int start, int count)
    {
        foreach (BodyHasher target in _targets)
        {
            target.Append(data, start, count);
        }
    }
}
