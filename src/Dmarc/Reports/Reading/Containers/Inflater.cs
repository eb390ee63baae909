using System.Buffers;
using System.Runtime.CompilerServices;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>
/// Reads deflated data (RFC 1951). Unlike the framework's reader, it returns every byte before damage, reports where
/// the data ends in its input, and behaves equally on every framework.
/// </summary>
internal sealed class Inflater : IDisposable
{
    private const int MethodStored = 0;
    private const int MethodFixed = 1;
    private const int MethodDynamic = 2;
    private const int EndOfBlock = 256;
#if NETSTANDARD2_0
    private const MethodImplOptions Hot = (MethodImplOptions)512;
#else
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;
#endif

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly ushort[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly byte[] LengthExtra =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly ushort[] DistanceBase =
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
        12289, 16385, 24577, 32769, 49153,
    ];

    private readonly BitInput _input;
    private readonly bool _isDeflate64;
    private readonly int _windowSize;
    private readonly HuffmanTable _literals = new();
    private readonly HuffmanTable _distances = new();
    private byte[]? _output;
    private int _given;
    private int _made;
    private bool _isLastBlock;
    private int _storedLeft;
    private int _length;
    private int _matchLeft;
    private int _matchDistance;

    /// <param name="input">The data; other data may follow.</param>
    /// <param name="isDeflate64">True for the variant with a larger window (method 9 of zip).</param>
    public Inflater(BitInput input, bool isDeflate64 = false)
    {
        _input = input;
        _isDeflate64 = isDeflate64;
        _windowSize = isDeflate64 ? 1 << 16 : 1 << 15;
        _output = ArrayPool<byte>.Shared.Rent(2 * _windowSize);
    }

    /// <summary>The current state.</summary>
    public InflateState State { get; private set; }

    /// <summary>Returns bytes; 0 if there are no more, for the reason in <see cref="State"/>.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_given == _made)
        {
            Decode();
        }

        int length = Math.Min(count, _made - _given);
        Buffer.BlockCopy(Output, _given, buffer, offset, length);
        _given += length;
        return length;
    }

    /// <summary>Restarts at the current position of the input.</summary>
    public void Restart()
    {
        State = InflateState.Block;
        _given = 0;
        _made = 0;
        _isLastBlock = false;
        _length = 0;
        _matchLeft = 0;
    }

    public void Dispose()
    {
        if (_output is not null)
        {
            ArrayPool<byte>.Shared.Return(_output);
            _output = null;
        }
    }

    private byte[] Output => _output ?? throw new ObjectDisposedException(nameof(Inflater));

    private void Decode()
    {
        if (_made > _windowSize)
        {
            // Keep the window that later data may refer to.
            Buffer.BlockCopy(Output, _made - _windowSize, Output, 0, _windowSize);
            _made = _windowSize;
            _given = _windowSize;
        }

        int before = _made;
        while (_made == before && State <= InflateState.Codes)
        {
            switch (State)
            {
                case InflateState.Block:
                    State = BeginBlock();
                    break;
                case InflateState.Stored:
                    CopyStored();
                    break;
                default:
                    DecodeCodes();
                    break;
            }
        }
    }

    private InflateState BeginBlock()
    {
        if (_isLastBlock)
        {
            return InflateState.Done;
        }

        if (!TryTake(3, out int header))
        {
            return InflateState.BrokenOff;
        }

        _isLastBlock = (header & 1) != 0;
        switch (header >> 1)
        {
            case MethodStored:
                return BeginStored();
            case MethodFixed:
                BuildFixed();
                return InflateState.Codes;
            case MethodDynamic:
                return BuildDynamic();
            default:
                return InflateState.Damaged;
        }
    }

    private InflateState BeginStored()
    {
        _input.Align();
        byte[] sizes = new byte[4];
        if (_input.Read(sizes, 4) < 4)
        {
            return InflateState.BrokenOff;
        }

        _storedLeft = sizes[0] | (sizes[1] << 8);
        return (_storedLeft ^ 0xFFFF) == (sizes[2] | (sizes[3] << 8)) ? InflateState.Stored : InflateState.Damaged;
    }

    private void BuildFixed()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths.Slice(0, 144).Fill(8);
        lengths.Slice(144, 112).Fill(9);
        lengths.Slice(256, 24).Fill(7);
        lengths.Slice(280).Fill(8);
        _literals.Build(lengths);
        lengths.Slice(0, 32).Fill(5);
        _distances.Build(lengths.Slice(0, 32));
    }

    private InflateState BuildDynamic()
    {
        if (!TryTake(14, out int sizes))
        {
            return InflateState.BrokenOff;
        }

        int literals = (sizes & 31) + 257;
        int distances = ((sizes >> 5) & 31) + 1;
        Span<byte> lengths = stackalloc byte[19];
        for (int index = 0; index < (sizes >> 10) + 4; index++)
        {
            if (!TryTake(3, out int length))
            {
                return InflateState.BrokenOff;
            }

            lengths[LengthOrder[index]] = (byte)length;
        }

        if (literals > 286 || !_literals.Build(lengths))
        {
            return InflateState.Damaged;
        }

        Span<byte> all = stackalloc byte[320];
        InflateState state = ReadLengths(all.Slice(0, literals + distances));
        return state != InflateState.Codes ? state
            : all[EndOfBlock] != 0 && _literals.Build(all.Slice(0, literals)) && _distances.Build(all.Slice(literals, distances))
                ? InflateState.Codes
                : InflateState.Damaged;
    }

    private InflateState ReadLengths(Span<byte> lengths)
    {
        int position = 0;
        while (position < lengths.Length)
        {
            int symbol = ReadSymbol(_literals);
            if (symbol < 0)
            {
                return symbol == HuffmanTable.TooFewBits ? InflateState.BrokenOff : InflateState.Damaged;
            }

            if (symbol < 16)
            {
                lengths[position++] = (byte)symbol;
                continue;
            }

            (int extra, int least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!TryTake(extra, out int more))
            {
                return InflateState.BrokenOff;
            }

            int count = least + more;
            if (position + count > lengths.Length || (symbol == 16 && position == 0))
            {
                return InflateState.Damaged;
            }

            lengths.Slice(position, count).Fill(symbol == 16 ? lengths[position - 1] : (byte)0);
            position += count;
        }

        return InflateState.Codes;
    }

    private void CopyStored()
    {
        while (_storedLeft > 0 && _made < Output.Length)
        {
            if (!_input.Fill())
            {
                State = InflateState.BrokenOff;
                return;
            }

            int count = Math.Min(Math.Min(_storedLeft, Output.Length - _made), _input.End - _input.Next);
            Buffer.BlockCopy(_input.Buffer, _input.Next, Output, _made, count);
            _input.Next += count;
            _made += count;
            _storedLeft -= count;
        }

        if (_storedLeft == 0)
        {
            State = InflateState.Block;
        }
    }

    [MethodImpl(Hot)]
    private void DecodeCodes()
    {
        BitInput input = _input;
        byte[] output = Output;
        byte[] buffer = input.Buffer;
        ushort[] literals = _literals.Fast;
        ushort[] distances = _distances.Fast;
        ulong bits = input.Bits;
        int bitCount = input.BitCount;
        int next = input.Next;
        int end = input.End;
        int made = _made;
        InflateState state = InflateState.Codes;
        while (made < output.Length)
        {
            if (_matchLeft > 0)
            {
                made = CopyMatch(output, made);
                continue;
            }

            while (bitCount <= 56)
            {
                if (next == end)
                {
                    input.Next = next;
                    bool isMore = input.Fill();
                    next = input.Next;
                    end = input.End;
                    if (!isMore)
                    {
                        break;
                    }
                }

                bits |= (ulong)buffer[next++] << bitCount;
                bitCount += 8;
            }

            int used = 0;
            if (_length == 0)
            {
                int found = literals[(int)bits & ((1 << HuffmanTable.FastBits) - 1)];
                used = found & 15;
                if (used == 0 || used > bitCount)
                {
                    found = _literals.Find(bits, bitCount);
                    if (found < 0)
                    {
                        state = found == HuffmanTable.TooFewBits ? InflateState.BrokenOff : InflateState.Damaged;
                        break;
                    }

                    used = found & 15;
                }

                int symbol = found >> 4;
                if (symbol <= EndOfBlock)
                {
                    bits >>= used;
                    bitCount -= used;
                    if (symbol == EndOfBlock)
                    {
                        state = InflateState.Block;
                        break;
                    }

                    output[made++] = (byte)symbol;
                    continue;
                }

                symbol -= EndOfBlock + 1;
                if (symbol >= LengthBase.Length)
                {
                    state = InflateState.Damaged;
                    break;
                }

                bool isLongest = _isDeflate64 && symbol == LengthBase.Length - 1;
                int lengthExtra = isLongest ? 16 : LengthExtra[symbol];
                _length = (isLongest ? 3 : LengthBase[symbol]) + ((int)(bits >> used) & ((1 << lengthExtra) - 1));
                used += lengthExtra;
                if (_isDeflate64 && used <= bitCount)
                {
                    // The codes of one symbol together may be longer than the held bits.
                    bits >>= used;
                    bitCount -= used;
                    continue;
                }
            }

            int distanceFound = distances[(int)(bits >> used) & ((1 << HuffmanTable.FastBits) - 1)];
            int distanceLength = distanceFound & 15;
            if (distanceLength == 0 || used + distanceLength > bitCount)
            {
                distanceFound = used > bitCount ? HuffmanTable.TooFewBits : _distances.Find(bits >> used, bitCount - used);
                if (distanceFound < 0)
                {
                    state = distanceFound == HuffmanTable.TooFewBits ? InflateState.BrokenOff : InflateState.Damaged;
                    break;
                }

                distanceLength = distanceFound & 15;
            }

            used += distanceLength;
            int distanceSymbol = distanceFound >> 4;
            if (distanceSymbol >= (_isDeflate64 ? 32 : 30))
            {
                state = InflateState.Damaged;
                break;
            }

            int extra = distanceSymbol < 4 ? 0 : (distanceSymbol >> 1) - 1;
            int distance = DistanceBase[distanceSymbol] + ((int)(bits >> used) & ((1 << extra) - 1));
            used += extra;
            if (used > bitCount)
            {
                state = InflateState.BrokenOff;
                break;
            }

            if (distance > made)
            {
                state = InflateState.Damaged;
                break;
            }

            bits >>= used;
            bitCount -= used;
            _matchLeft = _length;
            _matchDistance = distance;
            _length = 0;
        }

        input.Bits = bits;
        input.BitCount = bitCount;
        input.Next = next;
        _made = made;
        State = state;
    }

    private int CopyMatch(byte[] output, int made)
    {
        int count = Math.Min(_matchLeft, output.Length - made);
        int from = made - _matchDistance;
        _matchLeft -= count;
        if (_matchDistance >= count)
        {
            output.AsSpan(from, count).CopyTo(output.AsSpan(made));
            return made + count;
        }

        for (int index = 0; index < count; index++)
        {
            output[made + index] = output[from + index];
        }

        return made + count;
    }

    private int ReadSymbol(HuffmanTable table)
    {
        Need(15);
        int found = table.Find(_input.Bits, _input.BitCount);
        if (found < 0)
        {
            return found;
        }

        Drop(found & 15);
        return found >> 4;
    }

    private bool TryTake(int count, out int value)
    {
        Need(count);
        value = (int)_input.Bits & ((1 << count) - 1);
        if (_input.BitCount < count)
        {
            return false;
        }

        Drop(count);
        return true;
    }

    private void Need(int count)
    {
        while (_input.BitCount < count && _input.Fill())
        {
            _input.Bits |= (ulong)_input.Buffer[_input.Next++] << _input.BitCount;
            _input.BitCount += 8;
        }
    }

    private void Drop(int count)
    {
        _input.Bits >>= count;
        _input.BitCount -= count;
    }
}
