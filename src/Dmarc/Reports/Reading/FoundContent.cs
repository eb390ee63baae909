using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Content whose kind is known.</summary>
/// <param name="Source">The content.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Head">The first bytes.</param>
/// <param name="Depth">The number of enclosing containers.</param>
/// <param name="Expected">The expected content, whose absence is a problem.</param>
internal readonly record struct FoundContent(ReportSource Source, ReportKind Kind, byte[] Head, int Depth, ExpectedContent Expected)
{
    /// <summary>True if the absence of a report is a problem.</summary>
    public bool IsRequired => Expected == ExpectedContent.Report;
}

/// <summary>
/// Reads one kind of content: a container with its content, or a report. Returns rows, reports, notices and problems;
/// the content is read during the enumeration. An exception ends it, and becomes a problem of this content.
/// </summary>
internal delegate IEnumerable<ReportReadItem> ContentReader(FoundContent found);
