using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Dmarc.Reports.Containers;

namespace Dmarc.Reports;

/// <content>Compressed files, archives and text in base64.</content>
internal sealed partial class FileReading
{
    private IEnumerable<ReportReadItem> ReadGzip(ReportSource source, int depth, bool required) =>
        Read(new DerivedSource(source.Path, () => OpenGzip(source)), depth + 1, required);

    private DecompressedStream OpenGzip(ReportSource source)
    {
        CountingStream compressed = new(source.Open());
        return new DecompressedStream(new GZipStream(compressed, CompressionMode.Decompress), () => compressed.Count, _budget, NoteDamage)
        {
            // The last four bytes of gzip are the length of the content (RFC 1952 §2.3.1): the decompressor does not mind their absence.
            Ended = length => _compressionBrokeOff |= compressed.LastFourBytes != (uint)length,
        };
    }

    private void NoteDamage(string reason) => _compressionDamage ??= reason;

    private IEnumerable<ReportReadItem> ReadBase64(ReportSource source, int depth, bool required) =>
        Read(
            new DerivedSource(source.Path, () => new CryptoStream(source.Open(), new FromBase64Transform(FromBase64TransformMode.IgnoreWhiteSpaces), CryptoStreamMode.Read)),
            depth + 1,
            required);

    private IEnumerable<ReportReadItem> ReadZip(ReportSource source, int depth, bool required)
    {
        ReportSource? spooled = null;
        ZipArchive? archive = null;
        Stream? stream = null;
        Exception? failure = null;
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

                ZipDirectory.CheckEntryCount(stream, limits);
                archive = new ZipArchive(stream, ZipArchiveMode.Read);
                _ = archive.Entries.Count;
            }
            catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
            {
                failure = exception;
            }

            if (failure is ReportLimitException limit)
            {
                yield return Problem(source, ReportErrorIds.LimitExceeded, limit.Message, ReportKind.Zip, limit);
                yield break;
            }

            if (failure is not null)
            {
                foreach (ReportReadItem item in ReadBrokenZip(spooled ?? source, depth, failure))
                {
                    yield return item;
                }

                yield break;
            }

            bool any = false;
            foreach (ZipArchiveEntry entry in archive!.Entries)
            {
                // A folder, or nothing.
                if (entry.Length == 0)
                {
                    continue;
                }

                DerivedSource content = new(source.PathOf(entry.FullName), () => OpenEntry(entry));
                foreach (ReportReadItem item in Read(content, depth + 1, required: false))
                {
                    any |= item.Notice?.Finding.Code != ReportFindings.EntryIgnored.Code;
                    yield return item;
                }
            }

            if (!any)
            {
                // Documents of offices are zip archives, too: beside a report, or in other mail, they are no news.
                yield return required
                    ? Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_NoReport, ReportKind.Zip)
                    : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Zip));
            }
        }
        finally
        {
            archive?.Dispose();
            stream?.Dispose();
            spooled?.Dispose();
        }
    }

    private DecompressedStream OpenEntry(ZipArchiveEntry entry) =>
        new(entry.Open(), () => Math.Max(1, entry.CompressedLength), _budget, NoteDamage);

    /// <summary>An archive without its directory, as after a broken download: its first entry can still be read.</summary>
    private IEnumerable<ReportReadItem> ReadBrokenZip(ReportSource source, int depth, Exception failure)
    {
        string reason = string.Format(CultureInfo.InvariantCulture, Strings.Reports_Reason_Zip, failure.Message);
        string? name = null;
        try
        {
            using Stream probe = source.Open();
            name = ZipDirectory.SkipFirstLocalHeader(probe, out _);
        }
        catch (Exception exception) when (IsInputFailure(exception))
        {
            reason = exception.Message;
        }

        if (name is not null)
        {
            DerivedSource content = new(source.PathOf(name), () => OpenFirstEntry(source));
            foreach (ReportReadItem item in Read(content, depth + 1, required: false))
            {
                yield return item;
            }
        }

        yield return Problem(source, ReportErrorIds.Unreadable, reason, ReportKind.Zip, failure, _rows);
    }

    private DecompressedStream OpenFirstEntry(ReportSource source)
    {
        CountingStream compressed = new(source.Open());
        ZipDirectory.SkipFirstLocalHeader(compressed, out bool isStored);
        Stream data = isStored ? compressed : new DeflateStream(compressed, CompressionMode.Decompress);
        return new DecompressedStream(data, () => compressed.Count, _budget, NoteDamage);
    }
}
