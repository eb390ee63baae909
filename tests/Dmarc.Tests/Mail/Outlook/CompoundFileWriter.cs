using System.Buffers.Binary;
using System.Text;

namespace Dmarc.Tests.Mail.Outlook;

/// <summary>A storage (with children) or a stream (with content) to write.</summary>
internal sealed class CompoundNode(string name, byte[]? content = null)
{
    public string Name { get; } = name;

    public byte[]? Content { get; } = content;

    public List<CompoundNode> Children { get; } = [];

    public CompoundNode Add(CompoundNode child)
    {
        Children.Add(child);
        return child;
    }
}

/// <summary>Writes compound files (MS-CFB), version 3 or 4, for tests of the reader.</summary>
internal sealed class CompoundFileWriter
{
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;
    private const uint FatMark = 0xFFFFFFFD;
    private const uint DifatMark = 0xFFFFFFFC;

    private readonly int _shift;
    private readonly List<byte[]> _sectors = [];
    private readonly List<uint> _fat = [];
    private readonly List<byte> _mini = [];
    private readonly List<uint> _miniFat = [];

    private CompoundFileWriter(int version) => _shift = version == 3 ? 9 : 12;

    private int SectorSize => 1 << _shift;

    public static byte[] Write(CompoundNode root, int version = 3) => new CompoundFileWriter(version).WriteFile(root, version);

    private byte[] WriteFile(CompoundNode root, int version)
    {
        List<(CompoundNode Node, uint Start, long Size, uint Child, uint Right)> entries = [];
        AddEntry(entries, root, isRoot: true);
        uint miniStart = AddChain([.. _mini]);
        entries[0] = entries[0] with { Start = miniStart, Size = _mini.Count };
        uint miniFatStart = AddChain(Numbers(_miniFat));
        byte[] directory = Directory(entries);
        uint directoryStart = AddChain(directory);
        (List<uint> fatSectors, uint difatStart, int difatCount) = AddFat();

        byte[] header = new byte[SectorSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, 0xE11AB1A1E011CFD0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x18), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1A), (ushort)version);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1C), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1E), (ushort)_shift);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x20), 6);
        Put(header, 0x28, version == 3 ? 0 : (uint)(directory.Length >> _shift));
        Put(header, 0x2C, (uint)fatSectors.Count);
        Put(header, 0x30, directoryStart);
        Put(header, 0x38, 4096);
        Put(header, 0x3C, miniFatStart);
        Put(header, 0x40, (uint)(((_miniFat.Count * 4) + SectorSize - 1) >> _shift));
        Put(header, 0x44, difatStart);
        Put(header, 0x48, (uint)difatCount);
        for (int i = 0; i < 109; i++)
        {
            Put(header, 0x4C + (4 * i), i < fatSectors.Count ? fatSectors[i] : Free);
        }

        return [.. header, .. _sectors.SelectMany(sector => sector)];
    }

    private int AddEntry(List<(CompoundNode Node, uint Start, long Size, uint Child, uint Right)> entries, CompoundNode node, bool isRoot)
    {
        int index = entries.Count;
        uint start = node.Content is null ? (isRoot ? EndOfChain : 0) : node.Content.Length < 4096 ? AddMini(node.Content) : AddChain(node.Content);
        entries.Add((node, start, node.Content?.Length ?? 0, Free, Free));
        int previous = -1;
        foreach (CompoundNode child in node.Children)
        {
            int added = AddEntry(entries, child, isRoot: false);
            if (previous < 0)
            {
                entries[index] = entries[index] with { Child = (uint)added };
            }
            else
            {
                entries[previous] = entries[previous] with { Right = (uint)added };
            }

            previous = added;
        }

        return index;
    }

    private byte[] Directory(List<(CompoundNode Node, uint Start, long Size, uint Child, uint Right)> entries)
    {
        byte[] bytes = new byte[((entries.Count * 128) + SectorSize - 1) / SectorSize * SectorSize];
        for (int i = 0; i < entries.Count; i++)
        {
            (CompoundNode node, uint start, long size, uint child, uint right) = entries[i];
            Span<byte> entry = bytes.AsSpan(i * 128, 128);
            int length = Encoding.Unicode.GetBytes(node.Name, entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(length + 2));
            entry[66] = (byte)(i == 0 ? 5 : node.Content is null ? 1 : 2);
            entry[67] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], Free);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], child);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], start);
            BinaryPrimitives.WriteInt64LittleEndian(entry[120..], size);
        }

        for (int i = entries.Count; i < bytes.Length / 128; i++)
        {
            bytes.AsSpan((i * 128) + 68, 12).Fill(0xFF);
        }

        return bytes;
    }

    private uint AddMini(byte[] content)
    {
        if (content.Length == 0)
        {
            return EndOfChain;
        }

        uint start = (uint)_miniFat.Count;
        int count = (content.Length + 63) / 64;
        for (int i = 0; i < count; i++)
        {
            _miniFat.Add(i == count - 1 ? EndOfChain : (uint)_miniFat.Count + 1);
        }

        _mini.AddRange(content);
        _mini.AddRange(new byte[(count * 64) - content.Length]);
        return start;
    }

    private uint AddChain(byte[] content)
    {
        if (content.Length == 0)
        {
            return EndOfChain;
        }

        uint start = (uint)_sectors.Count;
        foreach (byte[] chunk in content.Chunk(SectorSize))
        {
            byte[] sector = chunk;
            Array.Resize(ref sector, SectorSize);
            _sectors.Add(sector);
            _fat.Add((uint)_sectors.Count);
        }

        _fat[^1] = EndOfChain;
        return start;
    }

    private (List<uint> Sectors, uint DifatStart, int DifatCount) AddFat()
    {
        int perSector = SectorSize / 4;
        int fatCount = 0;
        int difatCount = 0;
        for (int before = -1; before != fatCount + difatCount;)
        {
            before = fatCount + difatCount;
            fatCount = (_fat.Count + fatCount + difatCount + perSector - 1) / perSector;
            difatCount = fatCount <= 109 ? 0 : (fatCount - 109 + perSector - 2) / (perSector - 1);
        }

        uint first = (uint)_sectors.Count;
        List<uint> fatSectors = [.. Enumerable.Range(0, fatCount).Select(i => first + (uint)i)];
        uint difatStart = difatCount == 0 ? EndOfChain : first + (uint)fatCount;
        _fat.AddRange(Enumerable.Repeat(FatMark, fatCount));
        _fat.AddRange(Enumerable.Repeat(DifatMark, difatCount));
        foreach (byte[] sector in Numbers(_fat).Chunk(SectorSize))
        {
            _sectors.Add(Pad(sector));
        }

        for (int i = 0; i < difatCount; i++)
        {
            List<uint> numbers = [.. fatSectors.Skip(109 + (i * (perSector - 1))).Take(perSector - 1)];
            numbers.AddRange(Enumerable.Repeat(Free, perSector - 1 - numbers.Count));
            numbers.Add(i == difatCount - 1 ? EndOfChain : difatStart + (uint)i + 1);
            _sectors.Add(Numbers(numbers));
        }

        return (fatSectors, difatStart, difatCount);
    }

    private byte[] Pad(byte[] sector)
    {
        byte[] full = new byte[SectorSize];
        full.AsSpan().Fill(0xFF);
        sector.CopyTo(full, 0);
        return full;
    }

    private static byte[] Numbers(List<uint> numbers)
    {
        byte[] bytes = new byte[numbers.Count * 4];
        for (int i = 0; i < numbers.Count; i++)
        {
            Put(bytes, i * 4, numbers[i]);
        }

        return bytes;
    }

    private static void Put(byte[] bytes, int position, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position), value);
}
