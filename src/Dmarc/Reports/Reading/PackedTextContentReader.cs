using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads files encoded in text by uuencode or yEnc, which a library decodes.</summary>
internal sealed class PackedTextContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        IReadOnlyList<PackedText> texts = PackedText.ReadAll(reading.ReadHeld(found.Source), out bool hasStrays);
        int maximum = reading.Limits.MaxContainerEntries;
        return ReadAll(
            texts.Take(maximum).SelectMany((text, index) =>
                ReadFile(found.Source.PathOf(text.Name, index + 1), text, found.Depth)),
            tally => texts.Count > maximum
                ? Problem(found.Source.Path, reading.TooManyEntries())
                : Conclude(found, tally, hasStrays ? Strings.Reports_Packed_Strays : null));
    }

    private IEnumerable<ReportReadItem> ReadFile(string path, PackedText text, int depth)
    {
        IPackedMailReader reader = LibraryAdapters.Get<IPackedMailReader>();
        byte[] content = text.IsYenc ? reader.DecodeYenc(text.Lines) : reader.DecodeUuencode(text.Lines);
        if (text.Fields is { Part: string part } fields && fields.Total != "1")
        {
            return [Unreadable(path, Sentences.Fill(Strings.Reports_Reason_YencPart, part, fields.Total ?? "?"))];
        }

        HeldSource inner = new(path, content);
        string? damage = !text.IsComplete ? Strings.Reports_Packed_BreaksOff
            : text.Fields?.Size is long size && size != content.Length ? Sentences.Fill(Strings.Reports_Packed_Size, size, content.Length)
            : text.Fields?.CheckSum is uint sum && sum != Crc32.Of(content) ? Strings.Reports_Packed_CheckSum
            : null;
        if (damage is not null)
        {
            inner.NoteDamage(damage);
        }

        ExpectedContent expected = !text.HasFileName && ContentSniffer.IsBinary(content)
            ? ExpectedContent.Report
            : ReportNames.Expect(text.Name, "");
        return reading.Read(inner, depth + 1, expected);
    }
}
