using Dmarc.Mail;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads the part for machines of a failure report, saved by itself: the message that it is about is not with it.</summary>
internal sealed class FailureContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        Exception? failure = null;
        byte[] bytes = [];
        try
        {
            bytes = context.ReadHeld(source);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
        }

        if (failure is not null)
        {
            return [Problem(source, failure, ReportKind.Failure)];
        }

        context.Rows++;
        FailureReport report = FeedbackReportParser.Parse(Charsets.DecodeLenient(bytes), context.Limits);
        return [new ReportReadItem(FailureReportFinder.Complete(report, null, source.Path))];
    }
}
