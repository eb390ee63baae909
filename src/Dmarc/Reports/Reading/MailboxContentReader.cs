using Dmarc.Mail;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads the messages of a mailbox file.</summary>
internal sealed class MailboxContentReader(ReadingContext context, MessageContentReader messages) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        ContainerTally tally = new();
        Exception? failure = null;
        long number = 0;
        long before = context.Rows;
        MailBytes? last = null;
        using Stream stream = source.Open();
        using IEnumerator<MailBytes> mails = MboxReader.ReadBytes(stream, context.MailOptions).GetEnumerator();
        while (!context.Budget.IsExhausted)
        {
            try
            {
                if (!mails.MoveNext())
                {
                    break;
                }

                if (++number > context.Limits.MaxContainerEntries)
                {
                    throw context.TooManyEntries();
                }
            }
            catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
            {
                failure = exception;
                break;
            }

            MailBytes bytes = mails.Current;
            last = bytes;
            DerivedSource entry = new(source.PathOf(number.ToString(CultureInfo.InvariantCulture)), _ => Stream.Null);

            // A mailbox normally contains other mail beside the reports.
            IEnumerable<ReportReadItem> read() => messages.Read(
                entry,
                MailMessage.Parse(bytes.Bytes, context.MailOptions, bytes.IsTruncated),
                found.Depth + 1,
                required: false);
            foreach (ReportReadItem item in context.ReadGuarded(entry, ReportKind.Message, read))
            {
                tally.Add(item);
                yield return item;
            }
        }

        if (failure is null && last is not null && MessagePromise.EndsInEnvelope(last))
        {
            ReportReadItem cut = Notice(source.Path, ReportFindings.MailboxCutOff.Create());
            tally.Add(cut);
            yield return cut;
        }

        if (failure is not null)
        {
            yield return Problem(source, failure, ReportKind.Mailbox, context.Rows - before);
        }
        else if (!tally.IsAccountedFor)
        {
            yield return NoReport(source, ReportKind.Mailbox, found.IsRequired, Strings.Reports_Reason_Mailbox);
        }
    }
}
