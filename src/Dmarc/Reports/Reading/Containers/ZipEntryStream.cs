namespace Dmarc.Reports.Reading.Containers;

/// <summary>The content of a zip entry, checked against the archive's declarations.</summary>
internal sealed class ZipEntryStream : ReadOnlyStream
{
    private readonly ZipEntry _entry;
    private readonly Action<string> _damage;
    private readonly BitInput? _input;
    private readonly Inflater? _inflater;
    private Crc32 _sum;
    private long _length;
    private bool _ended;

    /// <param name="data">The archive, at the data of the entry; closed together with this stream.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="damage">Receives descriptions of damage.</param>
    public ZipEntryStream(Stream data, ZipEntry entry, Action<string> damage)
        : base(data)
    {
        _entry = entry;
        _damage = damage;
        if (!entry.IsStored)
        {
            _input = new BitInput(data);
            _inflater = new Inflater(_input, entry.IsDeflate64);
        }
    }

    /// <summary>The number of bytes of the archive used.</summary>
    public long CompressedLength => _input?.Position ?? _length;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_ended || count == 0)
        {
            return 0;
        }

        int read = _inflater?.Read(buffer, offset, count)
            ?? Inner.Read(buffer, offset, (int)Math.Min(count, _entry.CompressedSize - _length));
        if (read > 0)
        {
            _sum.Add(buffer.AsSpan(offset, read));
            _length += read;
            return read;
        }

        _ended = true;
        End();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        if (_inflater?.State == InflateState.Damaged)
        {
            _damage(Strings.Reports_Compression_Invalid);
            return;
        }

        if (_inflater is null ? _length < _entry.CompressedSize : _inflater.State == InflateState.BrokenOff)
        {
            _damage(Strings.Reports_Compression_BrokeOff);
            return;
        }

        _input?.Align();
        _entry.FoundEnd = _entry.DataOffset + CompressedLength;
        bool isSum = !_entry.IsSummed || _sum.Value == _entry.Sum;
        bool isLength = !_entry.IsSummed || (uint)_length == (uint)_entry.Size;
        if (!isSum || !isLength)
        {
            _damage(isSum ? Strings.Reports_Compression_Length : isLength ? Strings.Reports_Compression_Sum : Strings.Reports_Compression_SumAndLength);
        }
    }
}
