using System.Buffers.Binary;

namespace Dmarc.Mail.Outlook;

/// <summary>A storage or a stream of a compound file.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsStorage">True for a storage, which contains entries; false for a stream of bytes.</param>
/// <param name="Start">The first sector of a stream.</param>
/// <param name="Size">The length of a stream in bytes.</param>
internal sealed record CompoundEntry(string Name, bool IsStorage, uint Start, long Size)
{
    private readonly List<CompoundEntry> _children = [];

    /// <summary>The entries of a storage.</summary>
    public IReadOnlyList<CompoundEntry> Children => _children;

    internal void Add(CompoundEntry child) => _children.Add(child);
}

/// <summary>Reads the directory of a compound file (MS-CFB §2.6): entries of 128 bytes in trees of siblings.</summary>
internal static class CompoundDirectory
{
    private const int EntryLength = 128;
    private const uint NoStream = 0xFFFFFFFF;

    /// <summary>Reads the entries below the root; null if there is none.</summary>
    public static CompoundEntry? Read(byte[] directory, bool isVersion3, ICollection<Finding> findings)
    {
        int count = Math.Min(directory.Length / EntryLength, MailLimits.OutlookEntries);
        if (count == 0 || directory[66] != 5)
        {
            return null;
        }

        bool broken = directory.Length / EntryLength > MailLimits.OutlookEntries;
        bool[] visited = new bool[count];
        CompoundEntry root = ReadEntry(directory, 0, isVersion3);
        visited[0] = true;
        Queue<(CompoundEntry Storage, uint Entry)> open = new();
        open.Enqueue((root, ReadNumber(directory, 0, 76)));
        while (open.Count > 0)
        {
            (CompoundEntry storage, uint index) = open.Dequeue();
            if (index == NoStream)
            {
                continue;
            }

            if (index >= count || visited[index])
            {
                broken = true;
                continue;
            }

            visited[index] = true;
            int start = (int)index * EntryLength;
            if (directory[start + 66] is 1 or 2)
            {
                CompoundEntry entry = ReadEntry(directory, start, isVersion3);
                storage.Add(entry);
                if (entry.IsStorage)
                {
                    open.Enqueue((entry, ReadNumber(directory, start, 76)));
                }
            }
            else
            {
                broken = true;
            }

            open.Enqueue((storage, ReadNumber(directory, start, 68)));
            open.Enqueue((storage, ReadNumber(directory, start, 72)));
        }

        if (broken)
        {
            findings.Add(OutlookFindings.DirectoryBroken.Create());
        }

        return root;
    }

    private static CompoundEntry ReadEntry(byte[] directory, int start, bool isVersion3)
    {
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(start + 64));
        int characters = Math.Max(0, (Math.Min(nameLength, 64) / 2) - 1);
        string name = Encoding.Unicode.GetString(directory, start, characters * 2);

        // In version 3 the upper half is undefined (MS-CFB §2.6.3).
        ulong size = isVersion3
            ? ReadNumber(directory, start, 120)
            : BinaryPrimitives.ReadUInt64LittleEndian(directory.AsSpan(start + 120));
        return new CompoundEntry(name, directory[start + 66] == 1, ReadNumber(directory, start, 116), (long)Math.Min(size, int.MaxValue));
    }

    private static uint ReadNumber(byte[] directory, int start, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(start + offset));
}
