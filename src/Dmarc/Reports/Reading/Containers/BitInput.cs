namespace Dmarc.Reports.Reading.Containers;

/// <summary>Compressed bytes, read by bits or bytes, with the current position.</summary>
internal sealed class BitInput(Stream stream)
{
    private const int Slack = 32;
    private const int Size = 1 << 13;

    private long _read;

    /// <summary>The bits taken from the buffer but not used, the next one lowest.</summary>
    public ulong Bits { get; set; }

    /// <summary>The number of bits in <see cref="Bits"/>.</summary>
    public int BitCount { get; set; }

    /// <summary>The buffered bytes.</summary>
    public byte[] Buffer { get; } = new byte[Slack + Size];

    /// <summary>The position of the next byte in <see cref="Buffer"/>.</summary>
    public int Next { get; set; } = Slack;

    /// <summary>The end of the buffered bytes.</summary>
    public int End { get; private set; } = Slack;

    /// <summary>The number of bytes used, including a partly used one.</summary>
    public long Position => _read - (End - Next) - (BitCount / 8);

    /// <summary>Reads more bytes once all are used; false at the end.</summary>
    public bool Fill()
    {
        if (Next < End)
        {
            return true;
        }

        int read = stream.Read(Buffer, Slack, Size);
        Next = Slack;
        End = Slack + Math.Max(0, read);
        _read += Math.Max(0, read);
        return read > 0;
    }

    /// <summary>Drops the rest of a byte and continues at the next.</summary>
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
    public int ReadByte() => Next < End || Fill() ? Buffer[Next++] : -1;

    /// <summary>Fills the target with the available bytes.</summary>
    public int Read(byte[] target, int count)
    {
        int length = 0;
        for (int octet; length < count && (octet = ReadByte()) >= 0; length++)
        {
            target[length] = (byte)octet;
        }

        return length;
    }

    /// <summary>Puts the last bytes read back, to be read again.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes)
    {
        Next -= bytes.Length;
        bytes.CopyTo(Buffer.AsSpan(Next));
    }
}
