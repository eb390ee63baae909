using System.IO.Compression;
using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads S/MIME data, signed or compressed, which a library unpacks.</summary>
internal sealed class CmsContentReader(FileReading reading)
{
    /// <summary>The length of the zlib header before deflated data in bytes (RFC 1950 §2.2).</summary>
    private const int ZlibHeaderLength = 2;

    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        byte[] bytes = reading.ReadHeld(found.Source);
        CmsContent cms;
        try
        {
            cms = LibraryAdapters.Get<ICmsReader>().Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            string reason = Sentences.Fill(Strings.Reports_Reason_CmsDamaged, exception.Message);
            return [Unreadable(found.Source.Path, reason)];
        }

        return cms.Kind switch
        {
            CmsKind.Closed => [Unreadable(found.Source.Path, Strings.Reports_Reason_Cms)],
            CmsKind.SignatureAlone => [NoReport(found, Strings.Reports_Reason_CmsSignature)],
            _ => ReadInner(found, cms),
        };
    }

    /// <summary>The content replaces the message without S/MIME, so the same is expected of it.</summary>
    private IEnumerable<ReportReadItem> ReadInner(FoundContent found, CmsContent cms)
    {
        string path = found.Source.Path;
        ReportSource inner = cms.Kind == CmsKind.Compressed
            ? new DerivedSource(path, _ => Inflate(cms.Content))
            : new HeldSource(path, cms.Content);
        bool any = false;
        foreach (ReportReadItem item in reading.Read(inner, found.Depth + 1, found.Expected))
        {
            any |= item.IsOfReport;
            yield return item;
        }

        if (any && cms.Kind == CmsKind.Signed)
        {
            yield return Notice(path, ReportFindings.SignatureNotChecked.Create());
        }
    }

    private DecompressedStream Inflate(byte[] content)
    {
        int start = Math.Min(ZlibHeaderLength, content.Length);
        MemoryStream packed = new(content, start, content.Length - start, writable: false);
        return new DecompressedStream(
            new DeflateStream(packed, CompressionMode.Decompress), () => Math.Max(1, packed.Position), reading.Budget);
    }
}
