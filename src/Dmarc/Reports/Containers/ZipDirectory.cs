using System.Text;

namespace Dmarc.Reports.Containers;

/// <summary>Looks at the parts of a zip archive that must be known before the archive is opened, or when it cannot be.</summary>
internal static class ZipDirectory
{
    private const int EndRecordLength = 22;

    /// <summary>Refuses an archive whose end record tells of too many entries, before any of them is held.</summary>
    public static void CheckEntryCount(Stream stream, ReportReadLimits limits)
    {
        long length = stream.Length;
        int tail = (int)Math.Min(length, EndRecordLength + ushort.MaxValue);
        byte[] bytes = new byte[tail];
        stream.Position = length - tail;
        int read = ReadFully(stream, bytes);
        stream.Position = 0;
        int at = new ReadOnlySpan<byte>(bytes, 0, read).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndRecordLength > read)
        {
            return;
        }

        // More than 65,534 entries, or a directory beyond 4 GiB, are told elsewhere (zip64).
        int entries = bytes[at + 10] | (bytes[at + 11] << 8);
        long directory = BitConverter.ToUInt32(bytes, at + 12);
        const int SmallestEntry = 46;
        if (entries > limits.MaxContainerEntries
            || entries == ushort.MaxValue && limits.MaxContainerEntries < ushort.MaxValue
            || directory != uint.MaxValue && directory / SmallestEntry > Math.Max(limits.MaxContainerEntries, 1000) * 8L)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxContainerEntries), limits.MaxContainerEntries, Strings.Reports_Limit_Entries);
        }
    }

    /// <summary>Moves past the header of the first entry. The entry's name; null where there is none that could be read.</summary>
    public static string? SkipFirstLocalHeader(Stream stream, out bool isStored)
    {
        byte[] header = new byte[30];
        isStored = false;
        if (ReadFully(stream, header) < header.Length || header[0] != 'P' || header[1] != 'K' || header[2] != 3 || header[3] != 4)
        {
            return null;
        }

        const int Encrypted = 1;
        int method = header[8] | (header[9] << 8);
        isStored = method == 0;
        if ((header[6] & Encrypted) != 0 || method is not (0 or 8))
        {
            return null;
        }

        byte[] name = new byte[header[26] | (header[27] << 8)];
        byte[] extra = new byte[header[28] | (header[29] << 8)];
        return ReadFully(stream, name) < name.Length || ReadFully(stream, extra) < extra.Length ? null : Encoding.UTF8.GetString(name);
    }

    private static int ReadFully(Stream stream, byte[] buffer)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return length;
    }
}
