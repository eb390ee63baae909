namespace Dmarc.Reports.Reading.Containers;

/// <summary>The directory at the end of a zip archive, one entry at a time.</summary>
internal sealed class ZipDirectory
{
    private const int EndRecordLength = 22;
    private const int HeaderLength = 46;
    private const uint Elsewhere = uint.MaxValue;

    private readonly ZipBytes _bytes;

    private ZipDirectory(ZipBytes bytes, long start, long end, long shift, long count)
    {
        _bytes = bytes;
        Start = start;
        End = end;
        Shift = shift;
        Count = count;
    }

    /// <summary>The start of the directory.</summary>
    public long Start { get; }

    /// <summary>The end of its end record.</summary>
    public long End { get; }

    /// <summary>The offset of all positions because of data before the archive.</summary>
    public long Shift { get; }

    /// <summary>The declared number of entries.</summary>
    public long Count { get; }

    /// <summary>The readable entries.</summary>
    public IEnumerable<ZipEntry> Entries()
    {
        long position = Start;
        for (long index = 0; index < Count || _bytes.Is(position, ZipBytes.DirectoryHeader); index++)
        {
            if (!TryReadHeader(position, out ZipEntry? entry, out int length))
            {
                yield break;
            }

            position += length;
            yield return entry!;
        }
    }

    /// <summary>Finds the last directory; null if there is none.</summary>
    public static ZipDirectory? Find(ZipBytes bytes)
    {
        long before = bytes.Length;
        for (int tries = 0; tries < FixedReadLimits.ZipDirectories; tries++)
        {
            long at = bytes.FindLast(0, before, ZipBytes.EndRecord);
            if (at < 0)
            {
                return null;
            }

            if (TryRead(bytes, at, out ZipDirectory? directory))
            {
                return directory;
            }

            before = at + 3;
        }

        return null;
    }

    private static bool TryRead(ZipBytes bytes, long at, out ZipDirectory? directory)
    {
        directory = null;
        ReadOnlySpan<byte> record = bytes.At(at, EndRecordLength);
        if (record.Length < EndRecordLength)
        {
            return false;
        }

        long count = ZipBytes.Short(record, 10);
        long size = ZipBytes.Number(record, 12);
        long start = ZipBytes.Number(record, 16);
        long end = at + EndRecordLength + ZipBytes.Short(record, 20);
        long recordStart = at;
        bool isElsewhere = count == ushort.MaxValue || size == Elsewhere || start == Elsewhere;
        if (isElsewhere && TryRead64(bytes, at, out long start64, out long count64, out long size64, out long directory64))
        {
            recordStart = start64;
            count = count64;
            size = size64;
            start = directory64;
        }

        if (count == 0 && size == 0)
        {
            directory = new ZipDirectory(bytes, recordStart, end, 0, 0);
            return true;
        }

        // At its declared position, or directly before its end record if data precedes the archive.
        long actual = recordStart - size;
        long found = bytes.Is(actual, ZipBytes.DirectoryHeader) ? actual
            : bytes.Is(start, ZipBytes.DirectoryHeader) && start < recordStart ? start
            : -1;
        if (found < 0)
        {
            return false;
        }

        directory = new ZipDirectory(bytes, found, end, found - start, count);
        return true;
    }

    private static bool TryRead64(ZipBytes bytes, long endRecord, out long at, out long count, out long size, out long start)
    {
        const int LocatorLength = 20;
        const int RecordLength = 56;
        at = -1;
        count = size = start = 0;
        ReadOnlySpan<byte> locator = bytes.At(endRecord - LocatorLength, LocatorLength);
        if (locator.Length == LocatorLength && ZipBytes.Number(locator, 0) == ZipBytes.EndLocator64)
        {
            long told = ZipBytes.Long(locator, 8);
            at = bytes.Is(told, ZipBytes.EndRecord64)
                ? told
                : bytes.FindLast(Math.Max(0, endRecord - (1 << 16)), endRecord, ZipBytes.EndRecord64);
        }

        ReadOnlySpan<byte> record = at < 0 ? default : bytes.At(at, RecordLength);
        if (record.Length < RecordLength)
        {
            return false;
        }

        count = ZipBytes.Long(record, 32);
        size = ZipBytes.Long(record, 40);
        start = ZipBytes.Long(record, 48);
        return true;
    }

    private bool TryReadHeader(long position, out ZipEntry? entry, out int length)
    {
        entry = null;
        length = 0;
        ReadOnlySpan<byte> header = _bytes.At(position, HeaderLength);
        if (header.Length < HeaderLength || ZipBytes.Number(header, 0) != ZipBytes.DirectoryHeader)
        {
            return false;
        }

        int flags = ZipBytes.Short(header, 8);
        int method = ZipBytes.Short(header, 10);
        uint sum = ZipBytes.Number(header, 16);
        long compressed = ZipBytes.Number(header, 20);
        long size = ZipBytes.Number(header, 24);
        int nameLength = ZipBytes.Short(header, 28);
        int extraLength = ZipBytes.Short(header, 30);
        long offset = ZipBytes.Number(header, 42);
        length = HeaderLength + nameLength + extraLength + ZipBytes.Short(header, 32);
        string name = NameOf(_bytes.At(position + HeaderLength, nameLength));
        ReadExtra(_bytes.At(position + HeaderLength + nameLength, extraLength), ref size, ref compressed, ref offset);
        entry = new ZipEntry(name)
        {
            Flags = flags,
            Method = method,
            Sum = sum,
            CompressedSize = compressed,
            Size = size,
            HeaderOffset = offset > long.MaxValue - Shift ? offset : offset + Shift,
        };
        return true;
    }

    /// <summary>Reads the header before an entry's data; null if there is none.</summary>
    public static ZipEntry? ReadLocal(ZipBytes bytes, long position)
    {
        const int Length = 30;
        ReadOnlySpan<byte> header = bytes.At(position, Length);
        if (header.Length < Length || ZipBytes.Number(header, 0) != ZipBytes.LocalHeader)
        {
            return null;
        }

        int flags = ZipBytes.Short(header, 6);
        int method = ZipBytes.Short(header, 8);
        uint sum = ZipBytes.Number(header, 14);
        long compressed = ZipBytes.Number(header, 18);
        long size = ZipBytes.Number(header, 22);
        int nameLength = ZipBytes.Short(header, 26);
        int extraLength = ZipBytes.Short(header, 28);
        long data = position + Length + nameLength + extraLength;
        if (data > bytes.Length)
        {
            return null;
        }

        long unused = 0;
        string name = NameOf(bytes.At(position + Length, nameLength));
        ReadExtra(bytes.At(position + Length + nameLength, extraLength), ref size, ref compressed, ref unused);
        ZipEntry entry = new(name)
        {
            Flags = flags,
            Method = method,
            Sum = sum,
            CompressedSize = compressed,
            Size = size,
            HeaderOffset = position,
            DataOffset = data,
        };
        entry.IsSummed = !entry.IsDescribedBehind;
        return entry;
    }

    /// <summary>Reads eight-byte numbers from the zip64 field if the other fields refer to it.</summary>
    private static void ReadExtra(ReadOnlySpan<byte> extra, ref long size, ref long compressed, ref long offset)
    {
        const int Zip64 = 1;
        while (extra.Length >= 4)
        {
            int length = Math.Min(ZipBytes.Short(extra, 2), extra.Length - 4);
            if (ZipBytes.Short(extra, 0) == Zip64)
            {
                ReadOnlySpan<byte> field = extra.Slice(4, length);
                Take(ref field, ref size);
                Take(ref field, ref compressed);
                Take(ref field, ref offset);
                return;
            }

            extra = extra.Slice(4 + length);
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == Elsewhere && field.Length >= 8)
            {
                value = ZipBytes.Long(field, 0);
                field = field.Slice(8);
            }
        }
    }

    private static string NameOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
}
