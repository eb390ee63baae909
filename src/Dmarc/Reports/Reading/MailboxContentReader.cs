using Dmarc.Mail;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads the messages of a mailbox file.</summary>
internal sealed class MailboxContentReader(FileReading reading, MessageContentReader messages)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found) => ReadAll(
        ReadMessages(found), tally => tally.IsAccountedFor ? null : NoReport(found, Strings.Reports_Reason_Mailbox));

    private IEnumerable<ReportReadItem> ReadMessages(FoundContent found)
    {
        ReportSource source = found.Source;
        int number = 0;
        MailBytes? last = null;
        using Stream stream = source.Open();
        using IEnumerator<MailBytes> mails = MboxReader.ReadBytes(stream, reading.MailOptions).GetEnumerator();
        while (!reading.Budget.IsExhausted && mails.MoveNext())
        {
            if (++number > reading.Limits.MaxContainerEntries)
            {
                throw reading.TooManyEntries();
            }

            MailBytes bytes = last = mails.Current;
            DerivedSource entry = new(source.PathOf("", number), _ => Stream.Null);

            // A mailbox normally contains other mail beside the reports.
            IEnumerable<ReportReadItem> read() => messages.Read(
                entry,
                MailMessage.Parse(bytes.Bytes, reading.MailOptions, bytes.IsTruncated),
                found.Depth + 1,
                required: false);
            foreach (ReportReadItem item in reading.ReadGuarded(entry, ReportKind.Message, read))
            {
                yield return item;
            }
        }

        if (last is not null && MessagePromise.EndsInEnvelope(last))
        {
            yield return Notice(source.Path, ReportFindings.MailboxCutOff.Create());
        }
    }
}
