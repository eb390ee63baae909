namespace Dmarc.Reports.Reading.Containers;

/// <summary>Reads numbers at positions of a zip archive. Bytes beyond the end are missing; nothing throws.</summary>
internal sealed class ZipBytes(Stream stream)
{
    public const uint LocalHeader = 0x04034B50;
    public const uint DirectoryHeader = 0x02014B50;
    public const uint EndRecord = 0x06054B50;
    public const uint EndRecord64 = 0x06064B50;
    public const uint EndLocator64 = 0x07064B50;
    public const uint Descriptor = 0x08074B50;

    private const int WindowSize = 1 << 16;
    private readonly byte[] _window = new byte[WindowSize];
    private long _windowStart;
    private int _windowLength;

    /// <summary>The length of the archive.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>This many bytes from a position on; fewer at the end.</summary>
    public ReadOnlySpan<byte> At(long position, int count)
    {
        if (position < 0 || position >= Length)
        {
            return default;
        }

        if (position < _windowStart || position + count > _windowStart + _windowLength)
        {
            stream.Position = position;
            _windowStart = position;
            _windowLength = 0;
            int read;
            while (_windowLength < WindowSize && (read = stream.Read(_window, _windowLength, WindowSize - _windowLength)) > 0)
            {
                _windowLength += read;
            }
        }

        int at = (int)(position - _windowStart);
        return _window.AsSpan(at, Math.Max(0, Math.Min(count, _windowLength - at)));
    }

    /// <summary>True if a signature is at a position.</summary>
    public bool Is(long position, uint signature) => At(position, 4) is { Length: 4 } bytes && Number(bytes, 0) == signature;

    /// <summary>True if any record of an archive begins at a position, or the archive ends there.</summary>
    public bool IsRecord(long position) => position >= Length
        || (At(position, 4) is { Length: 4 } bytes
            && Number(bytes, 0) is LocalHeader or DirectoryHeader or EndRecord or EndRecord64 or Descriptor);

    /// <summary>True if only zeros and white space follow, or nothing.</summary>
    public bool IsPadding(long position)
    {
        while (position < Length)
        {
            ReadOnlySpan<byte> bytes = At(position, (int)Math.Min(WindowSize, Length - position));
            foreach (byte octet in bytes)
            {
                if (octet is not (0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                {
                    return false;
                }
            }

            if (bytes.IsEmpty)
            {
                return true;
            }

            position += bytes.Length;
        }

        return true;
    }

    /// <summary>The first position of a signature in a range; negative if there is none.</summary>
    public long Find(long position, long end, uint signature)
    {
        byte[] wanted = BytesOf(signature);
        while (position + 4 <= Math.Min(end, Length))
        {
            int count = (int)Math.Min(WindowSize, Math.Min(end, Length) - position);
            ReadOnlySpan<byte> bytes = At(position, count);
            int found = bytes.IndexOf(wanted);
            if (found >= 0)
            {
                return position + found;
            }

            if (bytes.Length < 4)
            {
                break;
            }

            position += bytes.Length - 3;
        }

        return -1;
    }

    /// <summary>The next record of an archive at or after a position, or the end of the archive.</summary>
    public long FindRecord(long position)
    {
        while (position + 4 <= Length)
        {
            ReadOnlySpan<byte> bytes = At(position, WindowSize);
            int found = bytes.IndexOf("PK"u8);
            if (found < 0)
            {
                position += Math.Max(1, bytes.Length - 1);
                continue;
            }

            position += found;
            if (IsRecord(position))
            {
                return position;
            }

            position += 2;
        }

        return Length;
    }

    /// <summary>The last position of a signature in a range; negative if there is none.</summary>
    public long FindLast(long start, long end, uint signature)
    {
        byte[] wanted = BytesOf(signature);
        end = Math.Min(end, Length);
        while (end - start >= 4)
        {
            long from = Math.Max(start, end - WindowSize);
            int found = At(from, (int)(end - from)).LastIndexOf(wanted);
            if (found >= 0)
            {
                return from + found;
            }

            end = from + 3;
            if (from == start)
            {
                break;
            }
        }

        return -1;
    }

    private static byte[] BytesOf(uint number) =>
        [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)];

    public static int Short(ReadOnlySpan<byte> bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    public static uint Number(ReadOnlySpan<byte> bytes, int at) => (uint)Short(bytes, at) | ((uint)Short(bytes, at + 2) << 16);

    /// <summary>A number of eight bytes, limited to the maximum value.</summary>
    public static long Long(ReadOnlySpan<byte> bytes, int at)
    {
        ulong number = Number(bytes, at) | ((ulong)Number(bytes, at + 4) << 32);
        return number > long.MaxValue ? long.MaxValue : (long)number;
    }
}
