namespace Dmarc.Reports.Reading.Containers;

/// <summary>
/// Decodes gzip (RFC 1952): all data that inflates, of all members, regardless of check sums. Damage is reported, and
/// the next member is searched for after it.
/// </summary>
internal sealed class GzipDecodingStream : ReadOnlyStream
{
    private const int TrailerLength = 8;
    private const byte Deflate = 8;

    private readonly BitInput _input;
    private readonly Inflater _inflater;
    private readonly Action<string> _damage;
    private Crc32 _sum;
    private long _length;
    private bool _isInMember;
    private bool _isFirst = true;
    private bool _ended;

    /// <param name="compressed">The compressed bytes; closed together with this stream.</param>
    /// <param name="damage">Receives descriptions of damage.</param>
    public GzipDecodingStream(Stream compressed, Action<string> damage)
        : base(compressed)
    {
        _input = new BitInput(compressed);
        _inflater = new Inflater(_input);
        _damage = damage;
    }

    /// <summary>The number of compressed bytes used.</summary>
    public long CompressedLength => _input.Position;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (!_ended && count > 0)
        {
            if (!_isInMember)
            {
                _isInMember = BeginMember();
                _ended = !_isInMember;
                continue;
            }

            int read = _inflater.Read(buffer, offset, count);
            if (read > 0)
            {
                _sum.Add(buffer.AsSpan(offset, read));
                _length += read;
                return read;
            }

            EndMember();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads the header of the next member, anywhere; false if there is none.</summary>
    private bool BeginMember()
    {
        _sum = default;
        _length = 0;
        bool wasFirst = _isFirst;
        _isFirst = false;
        long skipped = 0;
        bool isJunk = false;
        int octet;
        byte[] start = new byte[3];
        while ((octet = _input.ReadByte()) >= 0)
        {
            if (octet == 0x1F)
            {
                int read = _input.Read(start, 3);
                if (read == 3 && IsMember(start, 0))
                {
                    TellJunk(skipped, isJunk);
                    return SkipHeader(start[2]);
                }

                _input.PutBack(start.AsSpan(0, read));
            }

            // Tapes and file systems are padded with zeros.
            skipped++;
            isJunk |= octet is not (0 or '\r' or '\n' or ' ');
        }

        if (wasFirst)
        {
            // The first bytes look like gzip, but the rest is not readable.
            _damage(Strings.Reports_Compression_Method);
        }

        TellJunk(skipped, isJunk);
        return false;
    }

    /// <summary>True for the rest of a member's identification, its method and flags.</summary>
    private static bool IsMember(byte[] bytes, int at) =>
        bytes[at] == 0x8B && bytes[at + 1] == Deflate && (bytes[at + 2] & 0xE0) == 0;

    private void TellJunk(long skipped, bool isJunk)
    {
        if (isJunk)
        {
            _damage(Sentences.Fill(Strings.Reports_Compression_Junk, skipped));
        }
    }

    /// <summary>Skips the rest of the header (RFC 1952 §2.3).</summary>
    private bool SkipHeader(int flags)
    {
        const int HeaderSum = 2;
        const int Extra = 4;
        const int Name = 8;
        const int Comment = 16;
        bool isWhole = Skip(6);
        if ((flags & Extra) != 0)
        {
            byte[] length = new byte[2];
            isWhole &= _input.Read(length, 2) == 2 && Skip(length[0] | (length[1] << 8));
        }

        foreach (int text in new[] { Name, Comment })
        {
            if ((flags & text) != 0)
            {
                int octet;
                do
                {
                    octet = _input.ReadByte();
                }
                while (octet > 0);
                isWhole &= octet == 0;
            }
        }

        isWhole &= (flags & HeaderSum) == 0 || Skip(2);
        if (!isWhole)
        {
            _damage(Strings.Reports_Compression_BrokeOff);
            return false;
        }

        _inflater.Restart();
        return true;
    }

    private bool Skip(int count)
    {
        for (; count > 0; count--)
        {
            if (_input.ReadByte() < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void EndMember()
    {
        _isInMember = false;
        switch (_inflater.State)
        {
            case InflateState.BrokenOff:
                _ended = true;
                _damage(Strings.Reports_Compression_BrokeOff);
                return;
            case InflateState.Damaged:
                _input.Align();
                _damage(Strings.Reports_Compression_Invalid);
                return;
        }

        _input.Align();
        byte[] trailer = new byte[TrailerLength];
        int read = _input.Read(trailer, TrailerLength);
        if (read < TrailerLength)
        {
            _ended = true;
            _damage(Strings.Reports_Compression_NoSum);
            return;
        }

        bool isSum = ZipBytes.Number(trailer, 0) == _sum.Value;
        bool isLength = ZipBytes.Number(trailer, 4) == (uint)_length;
        if (!isSum || !isLength)
        {
            // A byte lost in transit may have moved the next member here.
            _input.PutBack(trailer.AsSpan(isSum ? 4 : 1));
            SkipTrailerUnlessMemberBegins(isSum ? 4 : TrailerLength - 1);
            _damage(isSum ? Strings.Reports_Compression_Length : isLength ? Strings.Reports_Compression_Sum : Strings.Reports_Compression_SumAndLength);
        }
    }

    private void SkipTrailerUnlessMemberBegins(int left)
    {
        byte[] start = new byte[4];
        for (; left > 0; left--)
        {
            int read = _input.Read(start, 4);
            _input.PutBack(start.AsSpan(0, read));
            if (read == 4 && start[0] == 0x1F && IsMember(start, 1))
            {
                return;
            }

            _input.ReadByte();
        }
    }
}
