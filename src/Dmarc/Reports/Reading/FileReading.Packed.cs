using System.Globalization;
using System.IO.Compression;
using Dmarc.Libraries;
using Dmarc.Mail;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <content>Containers that a library opens: winmail.dat, S/MIME, uuencode and yEnc.</content>
internal sealed partial class FileReading
{
    /// <summary>How many bytes stand before deflated data in the form of zlib (RFC 1950 §2.2).</summary>
    private const int ZlibHeaderLength = 2;

    private IEnumerable<ReportReadItem> ReadTnef(ReportSource source, int depth, ExpectedContent expected)
    {
        byte[]? bytes = TryReadHeld(source, ReportKind.Tnef, out ReportReadItem problem);
        if (bytes is null)
        {
            yield return problem;
            yield break;
        }

        PackedParts parts = LibraryAdapters.Get<IPackedMailReader>().ReadTnef(bytes, limits.MaxContainerEntries);
        ContainerTally tally = new();
        int number = 0;
        foreach (PackedPart part in parts.Parts)
        {
            number++;
            if (_budget.IsExhausted)
            {
                yield break;
            }

            string name = part.Name.Length > 0 ? part.Name : number.ToString(CultureInfo.InvariantCulture);
            HeldSource content = new(source.PathOf(name), part.Content, 0, part.Content.Length);
            foreach (ReportReadItem item in Read(content, depth + 1, ReportNames.Expect(part.Name, part.MediaType)))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (parts.IsOverCount)
        {
            ReportLimitException limit = new(nameof(ReportReadLimits.MaxContainerEntries), limits.MaxContainerEntries, Strings.Reports_Limit_Entries);
            yield return Problem(source, limit, ReportKind.Tnef);
        }
        else if (Conclude(source, ReportKind.Tnef, tally, parts.Damage, expected) is { } last)
        {
            yield return last;
        }
    }

    private IEnumerable<ReportReadItem> ReadCms(ReportSource source, int depth, ExpectedContent expected)
    {
        byte[]? bytes = TryReadHeld(source, ReportKind.Cms, out ReportReadItem problem);
        if (bytes is null)
        {
            yield return problem;
            yield break;
        }

        CmsContent? cms = null;
        string damage = "";
        try
        {
            cms = LibraryAdapters.Get<ICmsReader>().Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            damage = exception.Message;
        }

        if (cms is null)
        {
            string reason = Sentences.Fill(Strings.Reports_Reason_CmsDamaged, damage);
            yield return Problem(source, ReportErrorIds.Unreadable, reason, ReportKind.Cms);
            yield break;
        }

        switch (cms.Kind)
        {
            case CmsKind.Closed:
                yield return Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Cms, ReportKind.Cms);
                yield break;
            case CmsKind.SignatureAlone:
                yield return expected == ExpectedContent.Report
                    ? Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_CmsSignature, ReportKind.Cms)
                    : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Cms));
                yield break;
        }

        // What is inside is what the message would have been without S/MIME, so as much is expected of it.
        byte[] content = cms.Content;
        ReportSource inner = cms.Kind == CmsKind.Compressed
            ? new DerivedSource(source.Path, _ => Inflate(content))
            : new HeldSource(source.Path, content, 0, content.Length);
        bool any = false;
        foreach (ReportReadItem item in Read(inner, depth + 1, expected))
        {
            any |= item.IsOfReport;
            yield return item;
        }

        if (any && cms.Kind == CmsKind.Signed)
        {
            yield return Notice(source.Path, ReportFindings.SignatureNotChecked.Create());
        }
    }

    /// <summary>Files in text, in uuencode or yEnc.</summary>
    private IEnumerable<ReportReadItem> ReadPackedText(ReportSource source, ReportKind kind, int depth, ExpectedContent expected)
    {
        byte[]? bytes = TryReadHeld(source, kind, out ReportReadItem problem);
        if (bytes is null)
        {
            yield return problem;
            yield break;
        }

        ContainerTally tally = new();
        int number = 0;
        IReadOnlyList<PackedText> texts = PackedText.ReadAll(bytes, out bool hasStrays);
        foreach (PackedText text in texts)
        {
            if (_budget.IsExhausted)
            {
                yield break;
            }

            if (++number > limits.MaxContainerEntries)
            {
                ReportLimitException limit = new(nameof(ReportReadLimits.MaxContainerEntries), limits.MaxContainerEntries, Strings.Reports_Limit_Entries);
                yield return Problem(source, limit, kind);
                yield break;
            }

            string path = source.PathOf(text.Name.Length > 0 ? text.Name : number.ToString(CultureInfo.InvariantCulture));
            foreach (ReportReadItem item in ReadPackedText(path, text, depth))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (Conclude(source, kind, tally, hasStrays ? Strings.Reports_Packed_Strays : null, expected) is { } last)
        {
            yield return last;
        }
    }

    private IEnumerable<ReportReadItem> ReadPackedText(string path, PackedText text, int depth)
    {
        IPackedMailReader reader = LibraryAdapters.Get<IPackedMailReader>();
        byte[] content = text.IsYenc ? reader.DecodeYenc(text.Lines) : reader.DecodeUuencode(text.Lines);
        HeldSource inner = new(path, content, 0, content.Length);
        if (text.Fields is { Part: string part } fields && fields.Total != "1")
        {
            string reason = Sentences.Fill(Strings.Reports_Reason_YencPart, part, fields.Total ?? "?");
            yield return Problem(inner, ReportErrorIds.Unreadable, reason, ReportKind.Yenc);
            yield break;
        }

        string? damage = !text.IsComplete ? Strings.Reports_Packed_BreaksOff
            : text.Fields?.Size is long size && size != content.Length ? Sentences.Fill(Strings.Reports_Packed_Size, size, content.Length)
            : text.Fields?.CheckSum is uint sum && sum != CheckSumOf(content) ? Strings.Reports_Packed_CheckSum
            : null;
        if (damage is not null)
        {
            inner.NoteDamage(damage);
        }

        ExpectedContent expected = !text.HasFileName && ContentSniffer.IsBinary(content) ? ExpectedContent.Report : ReportNames.Expect(text.Name, "");
        foreach (ReportReadItem item in Read(inner, depth + 1, expected))
        {
            yield return item;
        }
    }

    private static uint CheckSumOf(byte[] content)
    {
        Crc32 sum = default;
        sum.Add(content);
        return sum.Value;
    }

    private DecompressedStream Inflate(byte[] content)
    {
        int start = Math.Min(ZlibHeaderLength, content.Length);
        MemoryStream packed = new(content, start, content.Length - start, writable: false);
        return new DecompressedStream(new DeflateStream(packed, CompressionMode.Decompress), () => Math.Max(1, packed.Position), _budget);
    }

    /// <summary>What there is to say of a container in the end; null if nothing is.</summary>
    private static ReportReadItem? Conclude(ReportSource source, ReportKind kind, ContainerTally tally, string? damage, ExpectedContent expected)
    {
        if (damage is not null)
        {
            return tally.HasResults
                ? Notice(source.Path, ReportFindings.ContainerDamaged.Create(damage))
                : Problem(source, ReportErrorIds.Unreadable, Sentences.Fill(Strings.Reports_Reason_Container, damage), kind);
        }

        return tally.IsAccountedFor ? null
            : expected == ExpectedContent.Report ? Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_NoReport, kind)
            : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind));
    }

    private byte[]? TryReadHeld(ReportSource source, ReportKind kind, out ReportReadItem problem)
    {
        problem = default;
        try
        {
            return ReadHeld(source);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            problem = Problem(source, exception, kind);
            return null;
        }
    }

    /// <summary>A message in pieces (RFC 2046 §5.2.2), of which this is one; null for anything else.</summary>
    private static ReportReadItem? Piece(ReportSource content, MimePart part)
    {
        if (part.MediaType != "message/partial")
        {
            return null;
        }

        string number = part.ContentType.GetParameter("number") ?? "?";
        string total = part.ContentType.GetParameter("total") ?? "?";
        string reason = Sentences.Fill(Strings.Reports_Reason_Partial, number, total);
        return Problem(content, ReportErrorIds.Unreadable, reason, ReportKind.Message);
    }
}
