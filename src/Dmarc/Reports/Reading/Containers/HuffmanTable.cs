namespace Dmarc.Reports.Reading.Containers;

/// <summary>A canonical prefix code of deflate (RFC 1951 §3.2.2).</summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes up to this length are decoded in one step.</summary>
    public const int FastBits = 10;

    /// <summary>The result of <see cref="Find"/> if no code matches.</summary>
    public const int NoSuchCode = -1;

    /// <summary>The result of <see cref="Find"/> if the bits end within a code.</summary>
    public const int TooFewBits = -2;

    private const int MaximumCodeLength = 15;

    private readonly ushort[] _symbols = new ushort[320];
    private readonly int[] _counts = new int[MaximumCodeLength + 1];
    private readonly int[] _offsets = new int[MaximumCodeLength + 2];

    /// <summary>Symbol and length of short codes; the length, in the low four bits, is zero for other codes.</summary>
    public ushort[] Fast { get; } = new ushort[1 << FastBits];

    /// <summary>Sets the lengths of the codes; false if the code is over-subscribed.</summary>
    public bool Build(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_counts, 0, _counts.Length);
        Array.Clear(Fast, 0, Fast.Length);
        foreach (byte length in lengths)
        {
            _counts[length]++;
        }

        _counts[0] = 0;
        int left = 1;
        Span<int> codes = stackalloc int[MaximumCodeLength + 1];
        int code = 0;
        for (int length = 1; length <= MaximumCodeLength; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
            {
                return false;
            }

            code = (code + _counts[length - 1]) << 1;
            codes[length] = code;
            _offsets[length + 1] = _offsets[length] + _counts[length];
        }

        Span<int> places = stackalloc int[MaximumCodeLength + 1];
        _offsets.AsSpan(0, MaximumCodeLength + 1).CopyTo(places);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[places[length]++] = (ushort)symbol;
            int own = codes[length]++;
            if (length <= FastBits)
            {
                int reversed = Reverse(own, length);
                for (int index = reversed; index < Fast.Length; index += 1 << length)
                {
                    Fast[index] = (ushort)((symbol << 4) | length);
                }
            }
        }

        return true;
    }

    /// <summary>Finds a code of any length; the result is as in <see cref="Fast"/>, or a negative number.</summary>
    public int Find(ulong bits, int bitCount)
    {
        int code = 0;
        int first = 0;
        for (int length = 1; length <= MaximumCodeLength; length++)
        {
            if (length > bitCount)
            {
                return TooFewBits;
            }

            code |= (int)(bits >> (length - 1)) & 1;
            int count = _counts[length];
            if (code - count < first)
            {
                return (_symbols[_offsets[length] + (code - first)] << 4) | length;
            }

            first = (first + count) << 1;
            code <<= 1;
        }

        return NoSuchCode;
    }

    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (int bit = 0; bit < length; bit++)
        {
            reversed = (reversed << 1) | ((code >> bit) & 1);
        }

        return reversed;
    }
}
