using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads the entries of zip archives.</summary>
internal sealed class ZipContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        ReportSource? spooled = null;
        Stream? stream = null;
        Exception? failure = null;
        ZipReader? zip = null;
        try
        {
            try
            {
                stream = source.Open();
                if (!stream.CanSeek)
                {
                    spooled = new SpooledSource(source.Path, stream);
                    stream.Dispose();
                    stream = spooled.Open();
                }

                zip = new ZipReader(stream, context.Limits);
            }
            catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
            {
                failure = exception;
            }

            if (zip is null)
            {
                yield return Problem(source, failure!, ReportKind.Zip);
                yield break;
            }

            ContainerTally tally = new();
            long before = context.Rows;
            using IEnumerator<ZipEntry> entries = zip.Entries().GetEnumerator();
            while (TryNext(entries, zip, out failure))
            {
                foreach (ReportReadItem item in ReadEntry(source, zip, entries.Current, found.Depth))
                {
                    tally.Add(item);
                    yield return item;
                }
            }

            if (failure is not null)
            {
                yield return Problem(source, failure, ReportKind.Zip, context.Rows - before);
            }
            else if (Conclude(source, zip, tally, found.Expected) is { } last)
            {
                yield return last;
            }
        }
        finally
        {
            stream?.Dispose();
            spooled?.Dispose();
        }
    }

    /// <summary>Moves to the next entry, unless archive or file was refused as a whole, as reported.</summary>
    private bool TryNext(IEnumerator<ZipEntry> entries, ZipReader zip, out Exception? failure)
    {
        failure = null;
        if (zip.IsOverRatio || context.Budget.IsExhausted)
        {
            return false;
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            return entries.MoveNext();
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
            return false;
        }
    }

    private IEnumerable<ReportReadItem> ReadEntry(ReportSource source, ZipReader zip, ZipEntry entry, int depth)
    {
        if (entry.IsFolder)
        {
            return [];
        }

        DerivedSource content = new(source.PathOf(entry.Name), damage =>
        {
            ZipEntryStream data = zip.Open(entry, damage);
            return new DecompressedStream(
                data,
                () => Math.Max(1, data.CompressedLength),
                context.Budget) { Counted = total => zip.Count(entry, total) };
        });
        string? refusal = entry.DataOffset < 0 ? Strings.Reports_Zip_NotThere : entry.Refusal;
        return refusal is null
            ? context.Read(content, depth + 1, ReportNames.Expect(entry.Name, ""))
            : [Problem(content, ReportErrorIds.Unreadable, refusal, ReportKind.Zip)];
    }

    private static ReportReadItem? Conclude(ReportSource source, ZipReader zip, ContainerTally tally, ExpectedContent expected)
    {
        string? damage = zip.HasNoDirectory ? Strings.Reports_Zip_NoDirectory
            : zip.IsDirectoryCut ? Strings.Reports_Zip_DirectoryCut
            : zip.Stray > 0 ? Sentences.Fill(Strings.Reports_Zip_Stray, zip.Stray)
            : tally.HasResults && zip.BytesAfterEnd > 0 ? Sentences.Fill(Strings.Reports_Zip_AfterEnd, zip.BytesAfterEnd)
            : null;
        if (damage is not null)
        {
            return tally.HasResults
                ? Notice(source.Path, ReportFindings.ArchiveDamaged.Create(damage))
                : Problem(source, ReportErrorIds.Unreadable, Sentences.Fill(Strings.Reports_Reason_Zip, damage), ReportKind.Zip);
        }

        // Office documents are zip archives too: beside a report, or in other mail, they are not reported.
        return ReadItems.Conclude(source, ReportKind.Zip, tally, damage: null, expected);
    }
}
