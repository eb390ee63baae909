using Dmarc.Mail.Outlook;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <content>Messages in Outlook's own format. The reports in them are attachments, of the message or of one that is attached to it.</content>
internal sealed partial class FileReading
{
    private IEnumerable<ReportReadItem> ReadOutlook(ReportSource source, int depth, bool required)
    {
        OutlookMessage? message = null;
        Exception? failure = null;
        try
        {
            message = OutlookMessage.Parse(
                ReadHeld(source),
                new OutlookReadOptions { MaximumAttachmentCount = limits.MaxContainerEntries, MaximumDepth = limits.MaxContainerDepth });
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
        }

        return message is null
            ? [Problem(source, failure!, ReportKind.CompoundFile)]
            : ReadOutlook(source, message, depth, required);
    }

    private IEnumerable<ReportReadItem> ReadOutlook(ReportSource source, OutlookMessage message, int depth, bool required)
    {
        bool isMessage = message.Findings.All(finding => finding.Severity != Severity.Error);
        foreach (Finding finding in isMessage ? message.Findings : [])
        {
            // That there is no header matters to whoever verifies, not here.
            if (finding.Severity == Severity.Warning && finding.Code != OutlookFindings.NoTransportHeaders.Code)
            {
                yield return Notice(source.Path, finding);
            }
        }

        ContainerTally tally = new();
        OutlookAttachment[] attachments = [.. message.AllAttachments()];
        OutlookMessage?[] following = Following(attachments);
        for (int i = 0; i < attachments.Length && !_budget.IsExhausted; i++)
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
                // The message that a failure report is about is attached beside its part for machines.
                ReportReadItem report = types.HasFlag(ReportTypes.Failure)
                    ? new ReportReadItem(FailureReportFinder.Read(bytes, following[i]?.ToMailMessage(), message.ToMailMessage(), content.Path, limits))
                    : OtherKind(content, ReportTypes.Failure);
                tally.Add(report);
                yield return report;
                continue;
            }

            foreach (ReportReadItem item in Read(content, depth + 1, ReportNames.Expect(attachment.FileName, attachment.MediaType)))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (!tally.IsAccountedFor)
        {
            yield return required
                ? Problem(source, ReportErrorIds.Unreadable, isMessage ? Strings.Reports_Reason_Message : Strings.Reports_Reason_CompoundFile, ReportKind.CompoundFile)
                : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.CompoundFile));
        }
    }

    /// <summary>For each attachment the next attached message behind it.</summary>
    private static OutlookMessage?[] Following(OutlookAttachment[] attachments)
    {
        OutlookMessage?[] following = new OutlookMessage?[attachments.Length];
        for (int i = attachments.Length - 2; i >= 0; i--)
        {
            following[i] = attachments[i + 1].Message ?? following[i + 1];
        }

        return following;
    }

    private byte[] ReadHeld(ReportSource source)
    {
        using Stream stream = source.Open();
        using MemoryStream held = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (held.Length + read > Math.Min(limits.MaxHeldBytes, int.MaxValue / 2))
            {
                throw new ReportLimitException(nameof(ReportReadLimits.MaxHeldBytes), limits.MaxHeldBytes, Strings.Reports_Limit_Held);
            }

            cancellationToken.ThrowIfCancellationRequested();
            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }
}
