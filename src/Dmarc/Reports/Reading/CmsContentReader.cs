using System.IO.Compression;
using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads S/MIME data, signed or compressed, which a library unpacks.</summary>
internal sealed class CmsContentReader(ReadingContext context) : IContentReader
{
    /// <summary>The length of the zlib header before deflated data in bytes (RFC 1950 §2.2).</summary>
    private const int ZlibHeaderLength = 2;

    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        byte[]? bytes = context.TryReadHeld(source, ReportKind.Cms, out ReportReadItem problem);
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
                yield return NoReport(source, ReportKind.Cms, found.IsRequired, Strings.Reports_Reason_CmsSignature);
                yield break;
        }

        // The content replaces the message without S/MIME, so the same is expected of it.
        byte[] content = cms.Content;
        ReportSource inner = cms.Kind == CmsKind.Compressed
            ? new DerivedSource(source.Path, _ => Inflate(content))
            : new HeldSource(source.Path, content, 0, content.Length);
        bool any = false;
        foreach (ReportReadItem item in context.Read(inner, found.Depth + 1, found.Expected))
        {
            any |= item.IsOfReport;
            yield return item;
        }

        if (any && cms.Kind == CmsKind.Signed)
        {
            yield return Notice(source.Path, ReportFindings.SignatureNotChecked.Create());
        }
    }

    private DecompressedStream Inflate(byte[] content)
    {
        int start = Math.Min(ZlibHeaderLength, content.Length);
        MemoryStream packed = new(content, start, content.Length - start, writable: false);
        return new DecompressedStream(
            new DeflateStream(packed, CompressionMode.Decompress), () => Math.Max(1, packed.Position), context.Budget);
    }
}
