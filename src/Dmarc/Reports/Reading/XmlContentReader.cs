using System.Xml;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads aggregate reports: first unchanged, then, if that fails, with repairs.</summary>
internal sealed class XmlContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        byte[] head = found.Head;
        reading.Parse.Reset();
        long given = 0;
        long budget = reading.Budget.Bytes;
        object document = new();
        string? root = null;
        XmlAttempt attempt = new(reading, source, head, document, repair: false);
        try
        {
            for (bool isRepaired = false; ; isRepaired = true)
            {
                long position = 0;
                while (attempt.TryRead(out AggregateReportRow? row))
                {
                    reading.CancellationToken.ThrowIfCancellationRequested();
                    if (++position > given)
                    {
                        given = position;
                        reading.Rows++;
                        yield return new ReportReadItem(row!);
                    }
                }

                if (isRepaired || attempt.Failure is not XmlException)
                {
                    break;
                }

                // Read again from the start, skipping the returned rows: the text before the damage is well formed,
                // and the repairing reader leaves it unchanged.
                root ??= attempt.RootName;
                attempt.Dispose();
                reading.Parse.Reset();
                reading.Budget.Bytes = budget;
                attempt = new XmlAttempt(reading, source, head, document, repair: true);
            }

            ReportReadItem? last = Conclude(source, head, attempt, root ?? attempt.RootName, given, found.Expected);

            // Damage to content other than reports is not of interest.
            foreach (Finding finding in attempt.Reports > 0 ? attempt.Findings().ToFindingList() : [])
            {
                yield return Notice(source.Path, finding);
            }

            if (last is { } item)
            {
                yield return item;
            }
        }
        finally
        {
            attempt.Dispose();
        }
    }

    /// <summary>The final message about the content: a problem, a notice, or none.</summary>
    private static ReportReadItem? Conclude(
        ReportSource source, byte[] head, XmlAttempt attempt, string? root, long given, ExpectedContent expected)
    {
        bool saysReport = ContentSniffer.IsAggregateReport(head);
        bool isReport = attempt.Reports > 0 || saysReport;
        switch (attempt.Failure)
        {
            case ReportLimitException limit when limit.IsOfContainer || isReport:
                return Problem(source.Path, limit, given);
            case ReportRefusedException refused when isReport:
                return Problem(source.Path, refused.ErrorId, refused.Message, refused, given);
            case ReportLimitException or ReportRefusedException:
                // Web pages, pictures and settings have types and sizes too.
                return NoReport(source, head, root, expected);
            case not null:
                return Problem(source.Path, attempt.Failure, given);
        }

        if (attempt.Reports > 0)
        {
            return given > 0 ? null
                : attempt.LeftOut > 0 ? Unreadable(source.Path, Strings.Reports_Reason_AllLeftOut)
                : attempt.IsCutOff ? Unreadable(source.Path, Strings.Reports_Reason_CutOff)
                : null;
        }

        // Without any element, the intended content is unknown; text about reports may contain their words.
        bool isNothing = root is null && (expected == ExpectedContent.Container || attempt.BeginsWithDeclaration);
        bool isBeginning = attempt.IsCutOff && saysReport && (expected == ExpectedContent.Report || head[0] == (byte)'<');
        string reason = attempt.IsCutOff ? Strings.Reports_Reason_CutOff : Strings.Reports_Reason_NoReport;
        return isNothing || isBeginning
            ? Unreadable(source.Path, reason)
            : NoReport(source, head, root, expected);
    }

    /// <summary>XML other than a report: an error if one was expected.</summary>
    private static ReportReadItem NoReport(ReportSource source, byte[] head, string? root, ExpectedContent expected)
    {
        if (expected != ExpectedContent.Report)
        {
            return Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Xml));
        }

        string name = root ?? ContentSniffer.DocumentType(head);
        return Unreadable(
            source.Path,
            name.Length == 0 ? Strings.Reports_Reason_NoReport : Sentences.Fill(Strings.Reports_Reason_OtherXml, name));
    }
}
