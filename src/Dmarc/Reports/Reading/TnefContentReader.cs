using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads winmail.dat, which a library unpacks.</summary>
internal sealed class TnefContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        byte[]? bytes = context.TryReadHeld(source, ReportKind.Tnef, out ReportReadItem problem);
        if (bytes is null)
        {
            yield return problem;
            yield break;
        }

        PackedParts parts = LibraryAdapters.Get<IPackedMailReader>().ReadTnef(bytes, context.Limits.MaxContainerEntries);
        ContainerTally tally = new();
        int number = 0;
        foreach (PackedPart part in parts.Parts)
        {
            number++;
            if (context.Budget.IsExhausted)
            {
                yield break;
            }

            string name = part.Name.Length > 0 ? part.Name : number.ToString(CultureInfo.InvariantCulture);
            HeldSource content = new(source.PathOf(name), part.Content, 0, part.Content.Length);
            foreach (ReportReadItem item in context.Read(content, found.Depth + 1, ReportNames.Expect(part.Name, part.MediaType)))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (parts.IsOverCount)
        {
            yield return Problem(source, context.TooManyEntries(), ReportKind.Tnef);
        }
        else if (Conclude(source, ReportKind.Tnef, tally, parts.Damage, found.Expected) is { } last)
        {
            yield return last;
        }
    }
}
