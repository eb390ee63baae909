namespace Dmarc.Reports.Containers;

/// <summary>A stream that is only read and passes everything else by.</summary>
internal abstract class ReadOnlyStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    protected Stream Inner { get; } = inner;

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A view of a stream that belongs to someone else: it can be read and moved, closing it closes nothing.</summary>
internal sealed class UnownedStream(Stream inner, long origin) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length - origin;

    public override long Position
    {
        get => inner.Position - origin;
        set => inner.Position = value + origin;
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin1)
    {
        Position = origin1 switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };
        return Position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts what is read, so that a ratio can be told.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream(inner)
{
    public long Count { get; private set; }

    /// <summary>The last four bytes that were read, as a number that is written from its low end.</summary>
    public uint LastFourBytes { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Inner.Read(buffer, offset, count);
        Count += read;
        for (int index = Math.Max(0, read - 4); index < read; index++)
        {
            LastFourBytes = (LastFourBytes >> 8) | ((uint)buffer[offset + index] << 24);
        }

        return read;
    }
}

/// <summary>How much was decompressed for one file so far.</summary>
internal sealed class DecompressionBudget(ReportReadLimits limits)
{
    private const long RatioFreeBytes = 16 << 20;

    public long Bytes { get; set; }

    public void Take(int read, long total, long compressed)
    {
        Bytes += read;
        if (Bytes > limits.MaxDecompressedBytes)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxDecompressedBytes), limits.MaxDecompressedBytes, Strings.Reports_Limit_Bytes);
        }

        if (total > RatioFreeBytes && compressed > 0 && total / compressed > limits.MaxCompressionRatio)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxCompressionRatio), limits.MaxCompressionRatio, Strings.Reports_Limit_Ratio);
        }
    }
}

/// <summary>Decompressed content: held to the limits, and ending where the compressed data is damaged.</summary>
/// <param name="inner">The decompressor.</param>
/// <param name="compressedLength">How many compressed bytes have been used so far.</param>
/// <param name="budget">What may still be decompressed.</param>
/// <param name="damage">Told once why the data ends early.</param>
internal sealed class DecompressedStream(Stream inner, Func<long> compressedLength, DecompressionBudget budget, Action<string> damage)
    : ReadOnlyStream(inner)
{
    private long _total;
    private bool _ended;

    /// <summary>Told how long the content is where the decompressor found its end.</summary>
    public Action<long>? Ended { get; init; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_ended)
        {
            return 0;
        }

        int read;
        try
        {
            read = Inner.Read(buffer, offset, count);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            _ended = true;
            damage(exception.Message);
            return 0;
        }

        if (read == 0 && count > 0)
        {
            _ended = true;
            Ended?.Invoke(_total);
            return 0;
        }

        _total += read;
        budget.Take(read, _total, compressedLength());
        return read;
    }
}

/// <summary>
/// Refuses a stretch without any <c>&lt;</c> that is longer than a value may be: an XML reader would hold a tag of that
/// length in memory. (Values themselves are passed over without holding them.)
/// </summary>
internal sealed class MarkupGuardStream(Stream inner, int longest) : ReadOnlyStream(inner)
{
    private long _stretch;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Inner.Read(buffer, offset, count);
        int last = new ReadOnlySpan<byte>(buffer, offset, read).LastIndexOf((byte)'<');
        _stretch = last < 0 ? _stretch + read : read - last;
        if (_stretch > longest)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxTextBytes), longest, Strings.Reports_Limit_Text);
        }

        return read;
    }
}
