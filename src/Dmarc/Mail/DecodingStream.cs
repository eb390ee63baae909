namespace Dmarc.Mail;

/// <summary>A forward-only stream of decoded bytes, decoded while it is read.</summary>
internal abstract class DecodingStream() : ReadOnlyStream(Null)
{
    private readonly byte[] _single = new byte[1];

    public sealed override int Read(byte[] buffer, int offset, int count) => Decode(buffer.AsSpan(offset, count));

    public sealed override int ReadByte() => Decode(_single) == 0 ? -1 : _single[0];

    /// <summary>Fills the target with the available bytes; 0 only at the end or for an empty target.</summary>
    protected abstract int Decode(Span<byte> target);
}

/// <summary>
/// Base64 (RFC 2045 §6.8). Characters outside the alphabet are skipped; padding ends a group, not the text, so that
/// concatenated texts are read to the end; an incomplete last group yields its complete bytes.
/// </summary>
internal sealed class Base64DecodingStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private readonly Base64Decoder _decoder = new();
    private int _position;

    protected override int Decode(Span<byte> target)
    {
        int written = _decoder.Decode(source.Span.Slice(_position), target, out int used);
        _position += used;
        return written;
    }
}

/// <summary>Decodes base64 in pieces.</summary>
internal sealed class Base64Decoder
{
    private static readonly sbyte[] Values = MakeValues();

    private int _bits;
    private int _bitCount;

    /// <summary>Decodes as much as possible. No bytes although there is room means that the input is used up.</summary>
    /// <param name="input">The next piece of the text.</param>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="used">The number of input bytes used.</param>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> target, out int used)
    {
        sbyte[] values = Values;
        int written = 0;
        int position = 0;
        while (position < input.Length && written < target.Length)
        {
            if (_bitCount == 0 && position + 4 <= input.Length && written + 3 <= target.Length)
            {
                int a = values[input[position]];
                int b = values[input[position + 1]];
                int c = values[input[position + 2]];
                int d = values[input[position + 3]];
                if ((a | b | c | d) >= 0)
                {
                    int group = (a << 18) | (b << 12) | (c << 6) | d;
                    target[written] = (byte)(group >> 16);
                    target[written + 1] = (byte)(group >> 8);
                    target[written + 2] = (byte)group;
                    written += 3;
                    position += 4;
                    continue;
                }
            }

            byte octet = input[position++];
            int value = values[octet];
            if (value >= 0)
            {
                _bits = ((_bits << 6) | value) & 0xFFFF;
                _bitCount += 6;
                if (_bitCount >= 8)
                {
                    _bitCount -= 8;
                    target[written++] = (byte)(_bits >> _bitCount);
                }
            }
            else if (octet == (byte)'=')
            {
                _bitCount = 0;
            }
        }

        used = position;
        return written;
    }

    private static sbyte[] MakeValues()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return [.. Enumerable.Range(0, 256).Select(octet => (sbyte)alphabet.IndexOf((char)octet))];
    }
}

/// <summary>
/// Quoted-printable (RFC 2045 §6.7). An equals sign without two hexadecimal digits or a line end after it is literal;
/// white space at the end of a line was added in transit and is dropped.
/// </summary>
internal sealed class QuotedPrintableDecodingStream(ReadOnlyMemory<byte> source) : DecodingStream
{
    private int _position;
    private int _blanksEnd;

    protected override int Decode(Span<byte> target)
    {
        ReadOnlySpan<byte> input = source.Span;
        int written = 0;
        while (written < target.Length && _position < input.Length)
        {
            byte octet = input[_position];
            if (octet == (byte)'=')
            {
                int lineEnd = SkipBlanks(input, _position + 1);
                if (lineEnd == input.Length || input[lineEnd] is AsciiBytes.CarriageReturn or AsciiBytes.LineFeed)
                {
                    _position = SkipLineEnd(input, lineEnd);
                    continue;
                }

                if (_position + 2 < input.Length
                    && AsciiBytes.HexValue(input[_position + 1]) is >= 0 and int high
                    && AsciiBytes.HexValue(input[_position + 2]) is >= 0 and int low)
                {
                    target[written++] = (byte)((high << 4) | low);
                    _position += 3;
                    continue;
                }
            }
            else if (AsciiBytes.IsWhiteSpace(octet))
            {
                // A run is measured once, even if it is read in small pieces.
                _blanksEnd = _blanksEnd > _position ? _blanksEnd : SkipBlanks(input, _position);
                if (_blanksEnd == input.Length || input[_blanksEnd] is AsciiBytes.CarriageReturn or AsciiBytes.LineFeed)
                {
                    _position = _blanksEnd;
                    continue;
                }

                int count = Math.Min(_blanksEnd - _position, target.Length - written);
                input.Slice(_position, count).CopyTo(target.Slice(written));
                written += count;
                _position += count;
                continue;
            }

            target[written++] = octet;
            _position++;
        }

        return written;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> input, int position)
    {
        while (position < input.Length && AsciiBytes.IsWhiteSpace(input[position]))
        {
            position++;
        }

        return position;
    }

    private static int SkipLineEnd(ReadOnlySpan<byte> input, int position)
    {
        if (position < input.Length && input[position] == AsciiBytes.CarriageReturn)
        {
            position++;
        }

        return position < input.Length && input[position] == AsciiBytes.LineFeed ? position + 1 : position;
    }
}
