using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Reads text in base64.</summary>
internal sealed class Base64ContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found) => context.Read(
        new DerivedSource(found.Source.Path, _ => new Base64TextStream(found.Source.Open())),
        found.Depth + 1,
        found.Expected);
}
