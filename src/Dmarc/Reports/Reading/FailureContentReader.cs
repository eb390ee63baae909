using Dmarc.Mail;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Reads a separately saved machine-readable part of a failure report, without the reported message.</summary>
internal sealed class FailureContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        if (context.TryReadHeld(source, ReportKind.Failure, out ReportReadItem problem) is not { } bytes)
        {
            return [problem];
        }

        context.Rows++;
        FailureReport report = FeedbackReportParser.Parse(Charsets.DecodeLenient(bytes), context.Limits);
        return [new ReportReadItem(FailureReportFinder.Complete(report, null, source.Path))];
    }
}
