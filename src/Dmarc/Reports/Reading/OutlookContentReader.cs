using Dmarc.Mail.Outlook;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Reads messages in Outlook's own format. Reports are attachments of the message, or of a message attached to it.
/// </summary>
internal sealed class OutlookContentReader(ReadingContext context) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        OutlookMessage? message = null;
        Exception? failure = null;
        try
        {
            message = OutlookMessage.Parse(
                context.ReadHeld(source),
                new OutlookReadOptions { MaximumAttachmentCount = context.Limits.MaxContainerEntries, MaximumDepth = context.Limits.MaxContainerDepth });
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
        }

        return message is null
            ? [Problem(source, failure!, ReportKind.CompoundFile)]
            : ReadAttachments(source, message, found);
    }

    private IEnumerable<ReportReadItem> ReadAttachments(ReportSource source, OutlookMessage message, FoundContent found)
    {
        bool isMessage = message.Findings.All(finding => finding.Severity != Severity.Error);
        foreach (Finding finding in isMessage ? message.Findings : [])
        {
            // A missing header matters when verifying, not here.
            if (finding.Severity == Severity.Warning && finding.Code != OutlookFindings.NoTransportHeaders.Code)
            {
                yield return Notice(source.Path, finding);
            }
        }

        ContainerTally tally = new();
        OutlookAttachment[] attachments = [.. message.AllAttachments()];
        OutlookMessage?[] following = Following(attachments);
        for (int i = 0; i < attachments.Length && !context.Budget.IsExhausted; i++)
        {
            OutlookAttachment attachment = attachments[i];
            if (attachment.Message is not null)
            {
                continue;
            }

            byte[] bytes = attachment.Content.ToArray();
            HeldSource content = new(source.PathOf(attachment.ToString()), bytes, 0, bytes.Length);
            if (ContentSniffer.Sniff(bytes) == ReportKind.Failure)
            {
                // The original message of a failure report is attached beside the machine-readable part.
                ReportReadItem report = context.Wants(ReportTypes.Failure)
                    ? new ReportReadItem(
                        FailureReportFinder.Read(
                            bytes,
                            following[i]?.ToMailMessage(),
                            message.ToMailMessage(),
                            content.Path,
                            context.Limits))
                    : OtherKind(content, ReportTypes.Failure);
                tally.Add(report);
                yield return report;
                continue;
            }

            foreach (ReportReadItem item in
                context.Read(content, found.Depth + 1, ReportNames.Expect(attachment.FileName, attachment.MediaType)))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (!tally.IsAccountedFor)
        {
            string reason = isMessage ? Strings.Reports_Reason_Message : Strings.Reports_Reason_CompoundFile;
            bool isRequired = found.IsRequired || (!isMessage && found.Expected == ExpectedContent.Container);
            yield return NoReport(source, ReportKind.CompoundFile, isRequired, reason);
        }
    }

    /// <summary>The next attached message after each attachment.</summary>
    private static OutlookMessage?[] Following(OutlookAttachment[] attachments)
    {
        OutlookMessage?[] following = new OutlookMessage?[attachments.Length];
        for (int i = attachments.Length - 2; i >= 0; i--)
        {
            following[i] = attachments[i + 1].Message ?? following[i + 1];
        }

        return following;
    }
}
