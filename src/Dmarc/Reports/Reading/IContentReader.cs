using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Reads one kind of content: a container with what stands in it, or a report itself.</summary>
internal interface IContentReader
{
    /// <summary>Gives out the rows and reports, and what there is to say of them. It is read while it is enumerated.</summary>
    IEnumerable<ReportReadItem> Read(FoundContent found);
}

/// <summary>Content whose kind is known.</summary>
/// <param name="Source">The content.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Head">Its beginning.</param>
/// <param name="Depth">How many containers it stands in.</param>
/// <param name="Expected">What is a problem if it is not there.</param>
internal readonly record struct FoundContent(ReportSource Source, ReportKind Kind, byte[] Head, int Depth, ExpectedContent Expected)
{
    /// <summary>True if it is a problem that there is no report in it.</summary>
    public bool IsRequired => Expected == ExpectedContent.Report;
}
