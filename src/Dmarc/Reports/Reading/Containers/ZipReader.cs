namespace Dmarc.Reports.Reading.Containers;

/// <summary>
/// Reads a zip archive: the entries of its directory, then those found outside it, for example if the directory is
/// missing, two archives were joined, or data precedes the archive.
/// </summary>
internal sealed class ZipReader
{
    private readonly Stream _stream;
    private readonly ReportReadLimits _limits;
    private readonly ZipBytes _bytes;
    private readonly ZipDirectory? _directory;

    /// <summary>Entries may share their data, which is searched once.</summary>
    private readonly Dictionary<long, long> _nextRecords = [];

    /// <param name="stream">The archive, seekable; left open.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="ReportLimitException">There are too many entries.</exception>
    public ZipReader(Stream stream, ReportReadLimits limits)
    {
        _stream = stream;
        _limits = limits;
        _bytes = new ZipBytes(stream);
        _directory = ZipDirectory.Find(_bytes);
        if (_directory is not null && _directory.Count > limits.MaxContainerEntries)
        {
            throw TooMany();
        }
    }

    /// <summary>True if the archive has no readable directory, as after an incomplete download.</summary>
    public bool HasNoDirectory => _directory is null;

    /// <summary>True if the directory has fewer entries than declared.</summary>
    public bool IsDirectoryCut { get; private set; }

    /// <summary>The number of entries found outside the directory.</summary>
    public int Stray { get; private set; }

    /// <summary>The number of bytes after the archive; 0 if they are only padding, or entries were found there.</summary>
    public long BytesAfterEnd => _directory is null || Stray > 0 || _bytes.IsPadding(_directory.End) ? 0 : Length - _directory.End;

    /// <summary>The length of the archive.</summary>
    public long Length => _bytes.Length;

    /// <summary>The total content of all entries, each counted once even if it is read again.</summary>
    public long Inflated { get; private set; }

    /// <summary>True once the total content is too large for the archive.</summary>
    public bool IsOverRatio { get; private set; }

    /// <summary>The entries. Work with one must end before the next is requested.</summary>
    /// <exception cref="ReportLimitException">The number exceeds the limit.</exception>
    public IEnumerable<ZipEntry> Entries()
    {
        List<ZipEntry> known = [];
        List<ZipEntry> misplaced = [];
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        int count = 0;
        foreach (ZipEntry entry in _directory?.Entries() ?? [])
        {
            if (++count > _limits.MaxContainerEntries)
            {
                throw TooMany();
            }

            (Place(entry) ? known : misplaced).Add(entry);
        }

        IsDirectoryCut = _directory is not null && count < _directory.Count;
        foreach (ZipEntry entry in known)
        {
            yield return entry;
        }

        foreach (ZipEntry entry in Strays(known))
        {
            if (++count > _limits.MaxContainerEntries)
            {
                throw TooMany();
            }

            found[entry.Name] = found.TryGetValue(entry.Name, out int times) ? times + 1 : 1;
            Stray += entry.IsFolder ? 0 : 1;
            yield return entry;
        }

        foreach (ZipEntry entry in misplaced)
        {
            // The entry found at another place than the directory says has already been returned.
            if (found.TryGetValue(entry.Name, out int times) && times > 0)
            {
                found[entry.Name] = times - 1;
                continue;
            }

            entry.DataOffset = -1;
            yield return entry;
        }
    }

    /// <summary>Opens the content of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="damage">Receives descriptions of damage.</param>
    public ZipEntryStream Open(ZipEntry entry, Action<string> damage)
    {
        _stream.Position = entry.DataOffset;
        return new ZipEntryStream(new UnownedStream(_stream, 0), entry, damage);
    }

    /// <summary>Counts the amount read of an entry, and refuses an archive with too much content.</summary>
    public void Count(ZipEntry entry, long read)
    {
        if (read <= entry.Counted)
        {
            return;
        }

        Inflated += read - entry.Counted;
        entry.Counted = read;
        if (DecompressionBudget.IsOverRatio(Inflated, Length, _limits))
        {
            IsOverRatio = true;
            throw DecompressionBudget.OverRatio(_limits);
        }
    }

    private ReportLimitException TooMany() =>
        new(nameof(ReportReadLimits.MaxContainerEntries), _limits.MaxContainerEntries, Strings.Reports_Limit_Entries);

    /// <summary>Finds the data of a directory entry, and its size.</summary>
    private bool Place(ZipEntry entry)
    {
        if (ZipDirectory.ReadLocal(_bytes, entry.HeaderOffset) is not { } local)
        {
            return false;
        }

        entry.DataOffset = local.DataOffset;
        if (entry.Size == 0 && entry.CompressedSize == 0 && !_bytes.IsRecord(local.DataOffset))
        {
            // The directory says it is empty, but there is data.
            entry.Size = local.Size;
            entry.CompressedSize = local.CompressedSize;
            entry.Sum = entry.Sum == 0 ? local.Sum : entry.Sum;
            if (entry.CompressedSize == 0)
            {
                entry.CompressedSize = UntilNextRecord(local.DataOffset) - local.DataOffset;
            }
        }
        else if (entry.IsStored)
        {
            FitStored(entry, local.CompressedSize);
        }

        return true;
    }

    /// <summary>Finds the end of an uncompressed entry: if its size is wrong, by candidates and check sum.</summary>
    private void FitStored(ZipEntry entry, long localSize)
    {
        long end = entry.DataOffset + Math.Min(entry.CompressedSize, _bytes.Length);
        if (_bytes.IsRecord(end) || IsBareDescriptor(entry, end))
        {
            return;
        }

        long next = UntilNextRecord(end) - entry.DataOffset;
        foreach (long size in
            new[] { entry.CompressedSize, localSize, entry.Size, UntilNextRecord(entry.DataOffset) - entry.DataOffset, next })
        {
            if (size >= 0 && size <= _bytes.Length - entry.DataOffset && SumOf(entry, size) == entry.Sum)
            {
                entry.CompressedSize = size;
                return;
            }
        }

        entry.CompressedSize = next;
    }

    private uint SumOf(ZipEntry entry, long size)
    {
        Crc32 sum = default;
        const int Step = 1 << 15;
        for (long done = 0; done < size; done += Step)
        {
            sum.Add(_bytes.At(entry.DataOffset + done, (int)Math.Min(Step, size - done)));
        }

        // Entries may share their data, so repeated searches would cost any amount of time.
        entry.Counted = 0;
        Count(entry, size);
        return sum.Value;
    }

    /// <summary>True for sizes and check sum after the data without the usual signature.</summary>
    private bool IsBareDescriptor(ZipEntry entry, long position) =>
        entry.IsDescribedBehind && _bytes.At(position, 4) is { Length: 4 } sum && ZipBytes.Number(sum, 0) == entry.Sum;

    private long UntilNextRecord(long position)
    {
        if (!_nextRecords.TryGetValue(position, out long next))
        {
            next = _bytes.FindRecord(position);
            _nextRecords[position] = next;
        }

        return next;
    }

    /// <summary>Finds entries in the parts of the file not covered by the directory and its entries.</summary>
    private IEnumerable<ZipEntry> Strays(List<ZipEntry> known)
    {
        List<(long Start, long End)> covered = [.. known.Select(entry => (entry.HeaderOffset, EndOf(entry)))];
        if (_directory is not null)
        {
            covered.Add((_directory.Start, _directory.End));
        }

        covered.Add((_bytes.Length, _bytes.Length));
        covered.Sort();
        long position = 0;
        foreach ((long start, long end) in covered)
        {
            while (position < start)
            {
                long found = _bytes.Find(position, start, ZipBytes.LocalHeader);
                if (found < 0)
                {
                    break;
                }

                position = found + 4;
                if (ReadStray(found) is { } entry)
                {
                    yield return entry;
                    position = Math.Max(position, EndOf(entry));
                }
            }

            position = Math.Max(position, end);
        }
    }

    private ZipEntry? ReadStray(long position)
    {
        // A signature may occur by chance: the following fields must be plausible.
        const int HighestVersion = 100;
        if (_bytes.At(position, 6) is not { Length: 6 } start || ZipBytes.Short(start, 4) % 256 > HighestVersion
            || ZipDirectory.ReadLocal(_bytes, position) is not { } entry || entry.Method > 99 || entry.Name.Length == 0)
        {
            return null;
        }

        if (entry.CompressedSize == 0 && entry.IsStored && !_bytes.IsRecord(entry.DataOffset))
        {
            entry.CompressedSize = UntilNextRecord(entry.DataOffset) - entry.DataOffset;
        }

        if (entry.IsDescribedBehind && entry.Refusal is null)
        {
            MeasureDescribed(entry);
        }

        return entry;
    }

    /// <summary>Reads an entry to find the data after it.</summary>
    private void MeasureDescribed(ZipEntry entry)
    {
        if (entry.IsStored)
        {
            entry.FoundEnd = entry.DataOffset + entry.CompressedSize;
        }
        else
        {
            using Stream content = Open(entry, _ => { });
            byte[] buffer = new byte[1 << 14];
            long total = 0;
            int read;
            while ((read = content.Read(buffer, 0, buffer.Length)) > 0)
            {
                total += read;
                Count(entry, total);
            }
        }

        long end = EndOf(entry);
        int skip = _bytes.Is(end, ZipBytes.Descriptor) ? 4 : 0;
        if (_bytes.At(end + skip, 12) is { Length: 12 } behind && (skip > 0 || _bytes.IsRecord(end + 12)))
        {
            entry.IsSummed = true;
            entry.Sum = ZipBytes.Number(behind, 0);
            entry.CompressedSize = ZipBytes.Number(behind, 4);
            entry.Size = ZipBytes.Number(behind, 8);
        }
    }

    private static long EndOf(ZipEntry entry) => entry.FoundEnd >= 0 ? entry.FoundEnd
        : entry.CompressedSize > long.MaxValue - entry.DataOffset ? long.MaxValue
        : entry.DataOffset + entry.CompressedSize;
}
