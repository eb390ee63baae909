using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Reads gzip data.</summary>
internal sealed class GzipContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found) => context.Read(
        new DerivedSource(found.Source.Path, damage =>
        {
            GzipDecodingStream content = new(found.Source.Open(), damage);
            return new DecompressedStream(content, () => content.CompressedLength, context.Budget);
        }),
        found.Depth + 1,
        found.Expected);
}
