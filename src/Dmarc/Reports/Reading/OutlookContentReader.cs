using Dmarc.Mail.Outlook;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Reads messages in Outlook's own format. Reports are attachments of the message, or of a message attached to it.
/// </summary>
internal sealed class OutlookContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        OutlookMessage message = OutlookMessage.Parse(
            reading.ReadHeld(found.Source),
            new OutlookReadOptions
            {
                MaximumAttachmentCount = reading.Limits.MaxContainerEntries,
                MaximumDepth = reading.Limits.MaxContainerDepth,
            });
        bool isMessage = message.Findings.All(finding => finding.Severity != Severity.Error);

        // A missing header matters when verifying, not here.
        return message.Findings
            .Where(finding => isMessage && finding.Severity == Severity.Warning)
            .Where(finding => finding.Code != OutlookFindings.NoTransportHeaders.Code)
            .Select(finding => Notice(found.Source.Path, finding))
            .Concat(ReadAll(ReadAttachments(found, message), tally => tally.IsAccountedFor ? null
                : isMessage ? NoReport(found, Strings.Reports_Reason_Message)
                : found.Expected == ExpectedContent.Anything ? NoReport(found, Strings.Reports_Reason_CompoundFile)
                : Unreadable(found.Source.Path, Strings.Reports_Reason_CompoundFile)));
    }

    private IEnumerable<ReportReadItem> ReadAttachments(FoundContent found, OutlookMessage message)
    {
        OutlookAttachment[] attachments = [.. message.AllAttachments()];
        OutlookMessage?[] following = Following(attachments);
        for (int i = 0; i < attachments.Length && !reading.Budget.IsExhausted; i++)
        {
            OutlookAttachment attachment = attachments[i];
            if (attachment.Message is not null)
            {
                continue;
            }

            byte[] bytes = attachment.Content.ToArray();
            HeldSource content = new(found.Source.PathOf(attachment.ToString()), bytes);
            if (ContentSniffer.Sniff(bytes) == ReportKind.Failure)
            {
                // The original message of a failure report is attached beside the machine-readable part.
                yield return reading.Wants(ReportTypes.Failure)
                    ? new ReportReadItem(
                        FailureReportFinder.Read(
                            bytes,
                            following[i]?.ToMailMessage(),
                            message.ToMailMessage(),
                            content.Path,
                            reading.Limits))
                    : OtherKind(content.Path, ReportTypes.Failure);
                continue;
            }

            foreach (ReportReadItem item in
                reading.Read(content, found.Depth + 1, ReportNames.Expect(attachment.FileName, attachment.MediaType)))
            {
                yield return item;
            }
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
