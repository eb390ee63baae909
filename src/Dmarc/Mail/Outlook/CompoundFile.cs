using System.Buffers.Binary;

namespace Dmarc.Mail.Outlook;

/// <summary>
/// A compound file (MS-CFB, version 3 and 4): a file system of storages and streams in a file. A chain is followed for
/// at most the number of sectors in the file, and no more bytes are returned than the file can hold, so that damage and
/// malice end with a finding.
/// </summary>
internal sealed class CompoundFile
{
    public const int HeaderLength = 512;

    private const uint MaximumRegularSector = 0xFFFFFFFA;
    private const int HeaderDifatCount = 109;
    private const int MiniSectorShift = 6;
    private const int MiniStreamCutoff = 4096;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ICollection<Finding> _findings;
    private readonly int _sectorShift;
    private readonly int _sectorCount;
    private readonly uint[] _fat;
    private readonly uint[] _miniFat;
    private readonly byte[] _miniStream;
    private long _budget;
    private bool _chainReported;
    private bool _budgetReported;

    private CompoundFile(ReadOnlyMemory<byte> bytes, ICollection<Finding> findings, int sectorShift)
    {
        _bytes = bytes;
        _findings = findings;
        _sectorShift = sectorShift;
        _sectorCount = (int)((bytes.Length - 1L) >> sectorShift);

        // A byte of the file can be read at most twice: by itself and as part of the mini stream.
        _budget = (2L * bytes.Length) + (1 << sectorShift);
        _fat = ReadFat();
        byte[] directory = ReadChain(ReadUInt32(0x30), long.MaxValue);
        Root = CompoundDirectory.Read(directory, sectorShift == 9, findings);
        _miniFat = ToNumbers(ReadChain(ReadUInt32(0x3C), long.MaxValue));
        _miniStream = Root is null ? [] : ReadChain(Root.Start, Root.Size);
    }

    /// <summary>The root storage; null if the directory cannot be read.</summary>
    public CompoundEntry? Root { get; }

    /// <summary>True if the bytes begin a compound file.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= 8 && BinaryPrimitives.ReadUInt64LittleEndian(beginning) == 0xE11AB1A1E011CFD0;

    /// <summary>Opens a file; null with a finding if it is not a compound file.</summary>
    public static CompoundFile? Open(ReadOnlyMemory<byte> bytes, ICollection<Finding> findings)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length >= HeaderLength
            && IsCompoundFile(span)

            // The version implies the size of a sector, but reading depends on the size itself.
            && BinaryPrimitives.ReadUInt16LittleEndian(span.Slice(0x1E)) is (9 or 12) and ushort sectorShift
            && BinaryPrimitives.ReadUInt16LittleEndian(span.Slice(0x20)) == MiniSectorShift
            && new CompoundFile(bytes, findings, sectorShift) is { Root: not null } file)
        {
            return file;
        }

        findings.Add(OutlookFindings.NotCompound.Create());
        return null;
    }

    /// <summary>The content of a stream, as far as it exists.</summary>
    public byte[] ReadStream(CompoundEntry entry) =>
        entry.Size < MiniStreamCutoff ? ReadMiniChain(entry.Start, (int)entry.Size) : ReadChain(entry.Start, entry.Size);

    private uint ReadUInt32(int position) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span.Slice(position));

    private uint[] ReadFat()
    {
        List<uint> sectors = [];
        for (int i = 0; i < HeaderDifatCount; i++)
        {
            AddFatSector(sectors, ReadUInt32(0x4C + (4 * i)));
        }

        // Larger files continue the list in sectors whose last number leads to the next one.
        int numbers = 1 << (_sectorShift - 2);
        uint difat = ReadUInt32(0x44);
        for (int step = 0; difat < MaximumRegularSector && step < _sectorCount && sectors.Count < _sectorCount; step++)
        {
            uint[] content = ToNumbers(ReadSector(difat).ToArray());
            if (content.Length < numbers)
            {
                ReportChain();
                break;
            }

            foreach (uint sector in content.Take(numbers - 1))
            {
                AddFatSector(sectors, sector);
            }

            difat = content[numbers - 1];
        }

        uint[] fat = new uint[Math.Min((long)sectors.Count * numbers, _sectorCount)];
        for (int i = 0; i < sectors.Count && (long)i * numbers < fat.Length; i++)
        {
            uint[] content = ToNumbers(ReadSector(sectors[i]).ToArray());
            Array.Copy(content, 0, fat, i * numbers, Math.Min(content.Length, fat.Length - (i * numbers)));
        }

        return fat;
    }

    private void AddFatSector(List<uint> sectors, uint sector)
    {
        if (sector < MaximumRegularSector && sectors.Count < _sectorCount)
        {
            sectors.Add(sector);
        }
    }

    /// <summary>The content of a sector; shorter if the file ends in it, empty if it is beyond the end.</summary>
    private ReadOnlySpan<byte> ReadSector(uint sector)
    {
        long start = ((long)sector + 1) << _sectorShift;
        return start >= _bytes.Length
            ? default
            : _bytes.Span.Slice((int)start, Math.Min(1 << _sectorShift, _bytes.Length - (int)start));
    }

    private byte[] ReadChain(uint sector, long size)
    {
        List<uint> chain = [];
        long length = 0;
        while (sector < MaximumRegularSector && length < size)
        {
            if (chain.Count >= _sectorCount || sector >= _fat.Length)
            {
                ReportChain();
                break;
            }

            chain.Add(sector);
            length += 1 << _sectorShift;
            sector = _fat[sector];
        }

        if (size != long.MaxValue && length < size)
        {
            ReportChain();
        }

        length = Math.Min(length, size);
        if (!TrySpend(length))
        {
            return [];
        }

        byte[] content = new byte[length];
        int filled = 0;
        foreach (uint link in chain)
        {
            ReadOnlySpan<byte> part = ReadSector(link);
            part.Slice(0, Math.Min(part.Length, content.Length - filled)).CopyTo(content.AsSpan(filled));
            filled += Math.Min(part.Length, content.Length - filled);
            if (part.Length < 1 << _sectorShift)
            {
                break;
            }
        }

        if (filled < content.Length)
        {
            ReportChain();
            Array.Resize(ref content, filled);
        }

        return content;
    }

    private byte[] ReadMiniChain(uint sector, int size)
    {
        if (!TrySpend(size))
        {
            return [];
        }

        byte[] content = new byte[size];
        int filled = 0;
        while (filled < size && sector < _miniFat.Length && (long)sector << MiniSectorShift < _miniStream.Length)
        {
            int start = (int)sector << MiniSectorShift;
            int length = Math.Min(Math.Min(1 << MiniSectorShift, _miniStream.Length - start), size - filled);
            Array.Copy(_miniStream, start, content, filled, length);
            filled += length;
            sector = _miniFat[sector];
        }

        if (filled < size)
        {
            ReportChain();
            Array.Resize(ref content, filled);
        }

        return content;
    }

    private bool TrySpend(long length)
    {
        if (length <= _budget)
        {
            _budget -= length;
            return true;
        }

        if (!_budgetReported)
        {
            _budgetReported = true;
            _findings.Add(OutlookFindings.TooMuchData.Create());
        }

        return false;
    }

    private void ReportChain()
    {
        if (!_chainReported)
        {
            _chainReported = true;
            _findings.Add(OutlookFindings.ChainBroken.Create());
        }
    }

    private static uint[] ToNumbers(byte[] bytes)
    {
        uint[] numbers = new uint[bytes.Length / 4];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4 * i));
        }

        return numbers;
    }
}
