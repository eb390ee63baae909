using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads files encoded in text by uuencode or yEnc, which a library decodes.</summary>
internal sealed class PackedTextContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found) => Read(found.Source, found.Kind, found.Depth, found.Expected);

    /// <summary>Reads the files in a text.</summary>
    public IEnumerable<ReportReadItem> Read(ReportSource source, ReportKind kind, int depth, ExpectedContent expected)
    {
        byte[]? bytes = context.TryReadHeld(source, kind, out ReportReadItem problem);
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
            if (context.Budget.IsExhausted)
            {
                yield break;
            }

            if (++number > context.Limits.MaxContainerEntries)
            {
                yield return Problem(source, context.TooManyEntries(), kind);
                yield break;
            }

            string path = source.PathOf(text.Name.Length > 0 ? text.Name : number.ToString(CultureInfo.InvariantCulture));
            foreach (ReportReadItem item in ReadFile(path, text, depth))
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

    private IEnumerable<ReportReadItem> ReadFile(string path, PackedText text, int depth)
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

        ExpectedContent expected = !text.HasFileName && ContentSniffer.IsBinary(content)
            ? ExpectedContent.Report
            : ReportNames.Expect(text.Name, "");
        foreach (ReportReadItem item in context.Read(inner, depth + 1, expected))
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
}
