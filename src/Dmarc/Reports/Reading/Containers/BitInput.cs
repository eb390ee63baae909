namespace Dmarc.Reports.Reading.Containers;

/// <summary>Compressed bytes, taken bit by bit or byte by byte, with the place that was reached.</summary>
internal sealed class BitInput(Stream stream)
{
    private const int Slack = 32;
    private const int Size = 1 << 13;

    private readonly byte[] _buffer = new byte[Slack + Size];
    private long _read;

    /// <summary>The bits that were taken out of the buffer and not used, the next one lowest.</summary>
    public ulong Bits { get; set; }

    /// <summary>How many bits <see cref="Bits"/> holds.</summary>
    public int BitCount { get; set; }

    /// <summary>The bytes in hand.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Where the next byte stands in <see cref="Buffer"/>.</summary>
    public int Next { get; set; } = Slack;

    /// <summary>Where the bytes in hand end.</summary>
    public int End { get; private set; } = Slack;

    /// <summary>How many bytes have been used, with the one that bits were taken of.</summary>
    public long Position => _read - (End - Next) - (BitCount / 8);

    /// <summary>Gets more bytes once all are used; false at the end.</summary>
    public bool Fill()
    {
        if (Next < End)
        {
            return true;
        }

        int read = stream.Read(_buffer, Slack, Size);
        Next = Slack;
        End = Slack + Math.Max(0, read);
        _read += Math.Max(0, read);
        return read > 0;
    }

    /// <summary>Drops the rest of a byte, and goes on by whole bytes.</summary>
    public void Align()
    {
        int whole = BitCount / 8;
        ulong bits = Bits >> (BitCount % 8);
        byte[] bytes = new byte[whole];
        for (int index = 0; index < whole; index++)
        {
            bytes[index] = (byte)(bits >> (8 * index));
        }

        Bits = 0;
        BitCount = 0;
        PutBack(bytes);
    }

    /// <summary>The next byte of aligned input; -1 at the end.</summary>
    public int ReadByte() => Next < End || Fill() ? _buffer[Next++] : -1;

    /// <summary>Fills as much of the target as there are bytes for.</summary>
    public int Read(byte[] target, int count)
    {
        int length = 0;
        for (int octet; length < count && (octet = ReadByte()) >= 0; length++)
        {
            target[length] = (byte)octet;
        }

        return length;
    }

    /// <summary>Puts the last bytes that were read back, to be read again.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes)
    {
        Next -= bytes.Length;
        bytes.CopyTo(_buffer.AsSpan(Next));
    }
}
