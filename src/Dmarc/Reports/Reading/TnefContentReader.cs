using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads winmail.dat, which a library unpacks.</summary>
internal sealed class TnefContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        PackedParts parts = LibraryAdapters.Get<IPackedMailReader>()
            .ReadTnef(reading.ReadHeld(source), reading.Limits.MaxContainerEntries);
        return ReadAll(
            parts.Parts.SelectMany((part, index) => reading.Read(
                new HeldSource(source.PathOf(part.Name, index + 1), part.Content),
                found.Depth + 1,
                ReportNames.Expect(part.Name, part.MediaType))),
            tally => parts.IsOverCount
                ? Problem(source.Path, reading.TooManyEntries())
                : Conclude(found, tally, parts.Damage));
    }
}
