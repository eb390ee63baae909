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
            if (ReadHeader(position, out int length) is not { } entry)
            {
                yield break;
            }

            position += length;
            yield return entry;
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
        if (count == ushort.MaxValue || size == Elsewhere || start == Elsewhere)
        {
            Read64(bytes, ref recordStart, ref count, ref size, ref start);
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

    /// <summary>Replaces the numbers of an end record with those of the zip64 record before it, if any.</summary>
    private static void Read64(ZipBytes bytes, ref long at, ref long count, ref long size, ref long start)
    {
        const int LocatorLength = 20;
        const int RecordLength = 56;
        ReadOnlySpan<byte> locator = bytes.At(at - LocatorLength, LocatorLength);
        if (locator.Length < LocatorLength || ZipBytes.Number(locator, 0) != ZipBytes.EndLocator64)
        {
            return;
        }

        long told = ZipBytes.Long(locator, 8);
        long found = bytes.Is(told, ZipBytes.EndRecord64)
            ? told
            : bytes.FindLast(Math.Max(0, at - (1 << 16)), at, ZipBytes.EndRecord64);
        ReadOnlySpan<byte> record = bytes.At(found, RecordLength);
        if (record.Length == RecordLength)
        {
            at = found;
            (count, size, start) = (ZipBytes.Long(record, 32), ZipBytes.Long(record, 40), ZipBytes.Long(record, 48));
        }
    }

    /// <summary>Reads an entry of the directory; null if there is none.</summary>
    private ZipEntry? ReadHeader(long position, out int length)
    {
        ReadOnlySpan<byte> header = _bytes.At(position, HeaderLength);
        length = 0;
        if (header.Length < HeaderLength || ZipBytes.Number(header, 0) != ZipBytes.DirectoryHeader)
        {
            return null;
        }

        long offset = ZipBytes.Number(header, 42);
        length = HeaderLength + LengthOfTexts(header.Slice(6)) + ZipBytes.Short(header, 32);
        ZipEntry entry = ReadFields(_bytes, header.Slice(6), position + HeaderLength, ref offset);
        entry.HeaderOffset = offset > long.MaxValue - Shift ? offset : offset + Shift;
        return entry;
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

        long data = position + Length + LengthOfTexts(header.Slice(4));
        if (data > bytes.Length)
        {
            return null;
        }

        long unused = 0;
        ZipEntry entry = ReadFields(bytes, header.Slice(4), position + Length, ref unused);
        entry.HeaderOffset = position;
        entry.DataOffset = data;
        entry.IsSummed = !entry.IsDescribedBehind;
        return entry;
    }

    /// <summary>The length of the name and the extra field, from the fields that both headers have.</summary>
    private static int LengthOfTexts(ReadOnlySpan<byte> fields) =>
        ZipBytes.Short(fields, 22) + ZipBytes.Short(fields, 24);

    /// <summary>Reads the fields that both headers have, from the version on, and the texts behind them.</summary>
    private static ZipEntry ReadFields(ZipBytes bytes, ReadOnlySpan<byte> fields, long texts, ref long offset)
    {
        int flags = ZipBytes.Short(fields, 2);
        int method = ZipBytes.Short(fields, 4);
        uint sum = ZipBytes.Number(fields, 10);
        long compressed = ZipBytes.Number(fields, 14);
        long size = ZipBytes.Number(fields, 18);
        int nameLength = ZipBytes.Short(fields, 22);
        int extraLength = ZipBytes.Short(fields, 24);

        // Reading on may overwrite the fields.
        string name = Encoding.UTF8.GetString(bytes.At(texts, nameLength).ToArray());
        ReadExtra(bytes.At(texts + nameLength, extraLength), ref size, ref compressed, ref offset);
        return new ZipEntry(name)
        {
            Flags = flags,
            Method = method,
            Sum = sum,
            CompressedSize = compressed,
            Size = size,
        };
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
}
