using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads the entries of zip archives.</summary>
internal sealed class ZipContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        using ReportSource? spooled = Spool(source);
        using Stream stream = (spooled ?? source).Open();
        ZipReader zip = new(stream, reading.Limits);

        // Office documents are zip archives too: beside a report, or in other mail, they are not reported.
        foreach (ReportReadItem item in
            ReadAll(ReadEntries(found, zip), tally => Conclude(found, tally, DamageOf(zip, tally))))
        {
            yield return item;
        }
    }

    /// <summary>A copy of an archive that is read from a stream without positions; null if it has them.</summary>
    private static SpooledSource? Spool(ReportSource source)
    {
        using Stream stream = source.Open();
        return stream.CanSeek ? null : new SpooledSource(source.Path, stream);
    }

    private IEnumerable<ReportReadItem> ReadEntries(FoundContent found, ZipReader zip)
    {
        using IEnumerator<ZipEntry> entries = zip.Entries().GetEnumerator();

        // The archive or the file may have been refused as a whole, which was reported.
        while (!zip.IsOverRatio && !reading.Budget.IsExhausted && entries.MoveNext())
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            foreach (ReportReadItem item in ReadEntry(found, zip, entries.Current))
            {
                yield return item;
            }
        }
    }

    private IEnumerable<ReportReadItem> ReadEntry(FoundContent found, ZipReader zip, ZipEntry entry)
    {
        if (entry.IsFolder)
        {
            return [];
        }

        DerivedSource content = new(found.Source.PathOf(entry.Name), damage =>
        {
            ZipEntryStream data = zip.Open(entry, damage);
            return new DecompressedStream(
                data,
                () => Math.Max(1, data.CompressedLength),
                reading.Budget) { Counted = total => zip.Count(entry, total) };
        });
        string? refusal = entry.DataOffset < 0 ? Strings.Reports_Zip_NotThere : entry.Refusal;
        return refusal is null
            ? reading.Read(content, found.Depth + 1, ReportNames.Expect(entry.Name, ""))
            : [Unreadable(content.Path, refusal)];
    }

    /// <summary>The damage to the archive itself; null if there is none.</summary>
    private static string? DamageOf(ZipReader zip, ContainerTally tally) =>
        zip.HasNoDirectory ? Strings.Reports_Zip_NoDirectory
        : zip.IsDirectoryCut ? Strings.Reports_Zip_DirectoryCut
        : zip.Stray > 0 ? Sentences.Fill(Strings.Reports_Zip_Stray, zip.Stray)
        : tally.HasResults && zip.BytesAfterEnd > 0 ? Sentences.Fill(Strings.Reports_Zip_AfterEnd, zip.BytesAfterEnd)
        : null;
}
