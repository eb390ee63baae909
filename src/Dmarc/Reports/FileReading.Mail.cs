using System.Globalization;
using Dmarc.Mail;
using Dmarc.Reports.Containers;
using Dmarc.Reports.Failure;

namespace Dmarc.Reports;

/// <content>Messages and files of messages. The reports in them are found by content: media types and names are often wrong.</content>
internal sealed partial class FileReading
{
    private MailReadOptions MailOptions => new() { MaximumMessageBytes = (int)Math.Min(limits.MaxHeldBytes, int.MaxValue / 2) };

    private IEnumerable<ReportReadItem> ReadMessage(ReportSource source, int depth, bool required)
    {
        MailMessage? message = null;
        Exception? failure = null;
        try
        {
            using Stream stream = source.Open();
            message = MailMessage.Read(stream, MailOptions);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
        }

        return message is null
            ? [Problem(source, failure is ReportLimitException ? ReportErrorIds.LimitExceeded : ReportErrorIds.Unreadable, failure!.Message, ReportKind.Message, failure)]
            : ReadMessage(source, message, depth, required);
    }

    private IEnumerable<ReportReadItem> ReadMailbox(ReportSource source, int depth, bool required)
    {
        Exception? failure = null;
        bool any = false;
        long number = 0;
        using Stream stream = source.Open();
        using IEnumerator<MailMessage> messages = MboxReader.Read(stream, MailOptions).GetEnumerator();
        while (true)
        {
            try
            {
                if (!messages.MoveNext())
                {
                    break;
                }

                if (++number > limits.MaxContainerEntries)
                {
                    throw new ReportLimitException(nameof(ReportReadLimits.MaxContainerEntries), limits.MaxContainerEntries, Strings.Reports_Limit_Entries);
                }
            }
            catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
            {
                failure = exception;
                break;
            }

            DerivedSource entry = new(source.PathOf(number.ToString(CultureInfo.InvariantCulture)), () => Stream.Null);

            // Other mail beside the reports is what a mailbox is for.
            foreach (ReportReadItem item in ReadMessage(entry, messages.Current, depth + 1, required: false))
            {
                any |= item.IsOfReport;
                yield return item;
            }
        }

        if (failure is not null)
        {
            string errorId = failure is ReportLimitException ? ReportErrorIds.LimitExceeded : ReportErrorIds.Unreadable;
            yield return Problem(source, errorId, failure.Message, ReportKind.Mailbox, failure, _rows);
        }
        else if (!any)
        {
            yield return required
                ? Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Mailbox, ReportKind.Mailbox)
                : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Mailbox));
        }
    }

    private IEnumerable<ReportReadItem> ReadMessage(ReportSource source, MailMessage message, int depth, bool required)
    {
        bool any = false;
        int number = 0;
        FailureReportFinder failures = FailureReportFinder.Find(message, limits);
        foreach (MimePart part in message.Root.SelfAndDescendants())
        {
            number++;
            if (part.IsMultipart || part.Message is not null || failures.BelongsToReport(part))
            {
                continue;
            }

            string name = part.FileName.Length > 0 ? part.FileName : number.ToString(CultureInfo.InvariantCulture);
            DerivedSource content = new(source.PathOf(name), part.OpenContent);
            if (failures.IsReport(part))
            {
                any = true;
                yield return types.HasFlag(ReportTypes.Failure)
                    ? new ReportReadItem(failures.Read(part, content.Path))
                    : OtherKind(content, ReportTypes.Failure);
                continue;
            }

            foreach (ReportReadItem item in Read(content, depth + 1, required: false))
            {
                if (item.Notice?.Finding.Code != ReportFindings.EntryIgnored.Code)
                {
                    any = true;
                    yield return item;
                }
                else if (!part.MediaType.StartsWith("text/", StringComparison.Ordinal))
                {
                    // Text for people beside the report is no news.
                    yield return item;
                }
            }
        }

        if (message.IsTruncated)
        {
            ReportLimitException limit = new(nameof(ReportReadLimits.MaxHeldBytes), limits.MaxHeldBytes, Strings.Reports_Limit_Held);
            yield return Problem(source, ReportErrorIds.LimitExceeded, limit.Message, ReportKind.Message, limit);
        }
        else if (!any)
        {
            yield return required
                ? Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Message, ReportKind.Message)
                : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Message));
        }
    }
}
