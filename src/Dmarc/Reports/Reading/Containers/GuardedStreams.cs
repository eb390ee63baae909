namespace Dmarc.Reports.Reading.Containers;

/// <summary>A view of another owner's stream: it can be read and moved; closing it leaves the stream open.</summary>
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

/// <summary>The amount decompressed so far for one file.</summary>
internal sealed class DecompressionBudget(ReportReadLimits limits)
{
    public long Bytes { get; set; }

    /// <summary>True once the file was refused: reading stops.</summary>
    public bool IsExhausted => Bytes > limits.MaxDecompressedBytes;

    public void Take(int read, long total, long compressed)
    {
        Bytes += read;
        if (IsExhausted)
        {
            throw new ReportLimitException(
                nameof(ReportReadLimits.MaxDecompressedBytes),
                limits.MaxDecompressedBytes,
                Strings.Reports_Limit_Bytes);
        }

        if (IsOverRatio(total, compressed, limits))
        {
            throw OverRatio(limits);
        }
    }

    /// <summary>True for content too large for its compressed size.</summary>
    public static bool IsOverRatio(long total, long compressed, ReportReadLimits limits) =>
        total > FixedReadLimits.RatioFreeBytes && compressed > 0 && total / compressed > limits.MaxCompressionRatio;

    public static ReportLimitException OverRatio(ReportReadLimits limits) =>
        new(nameof(ReportReadLimits.MaxCompressionRatio), limits.MaxCompressionRatio, Strings.Reports_Limit_Ratio);
}

/// <summary>Decompressed content with limits.</summary>
/// <param name="inner">The decompressor.</param>
/// <param name="compressedLength">The number of compressed bytes used so far.</param>
/// <param name="budget">The remaining budget.</param>
internal sealed class DecompressedStream(Stream inner, Func<long> compressedLength, DecompressionBudget budget) : ReadOnlyStream(inner)
{
    private long _total;

    /// <summary>Receives the total after each read.</summary>
    public Action<long>? Counted { get; init; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Inner.Read(buffer, offset, count);
        _total += read;
        budget.Take(read, _total, compressedLength());
        Counted?.Invoke(_total);
        return read;
    }
}

/// <summary>
/// Refuses a stretch without <c>&lt;</c> that is longer than the maximum: an XML reader would hold a tag of that length
/// in memory. (Values are skipped without holding them.)
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
