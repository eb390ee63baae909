using Dmarc.Reports.Reading.Containers;
using Dmarc.Reports.Reading.Repair;
using Dmarc.Reports.Tls;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads TLS reports.</summary>
internal sealed class TlsContentReader(FileReading reading)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        byte[] head = found.Head;
        RepairLog log = new();
        Exception? failure = null;
        using Stream stream = source.Open();
        long given = 0;
        long lacking = 0;
        string? damaged = null;
        using TextReader text = ReportEncoding.OpenLenient(stream, head, log);
        JsonTokenReader json = TlsMemberReader.Open(text, reading.Limits.MaxValueLength, reading.Limits.MaxXmlDepth);
        TlsReportParser parser = new(json, reading.Limits, source.Path, reading.CancellationToken);
        while (failure is null)
        {
            IReadOnlyList<TlsReportRow>? rows;
            try
            {
                rows = parser.Read();
            }
            catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
            {
                failure = exception;
                rows = parser.Held;
            }

            if (rows is null)
            {
                break;
            }

            bool isDamaged = failure is not null || json.DamagedLine > 0 || json.CutOffLine > 0 || parser.HasMisplaced;
            if (isDamaged
                && failure is null
                && ReadHeldText(source, head) is { } held
                && TlsReportParser.HasPolicies(held))
            {
                damaged = held;
                break;
            }

            foreach (TlsReportRow row in rows)
            {
                row.Report.IsDamaged = isDamaged;
                reading.CancellationToken.ThrowIfCancellationRequested();
                given++;
                reading.Rows++;
                yield return new ReportReadItem(row);
            }

            // A small file may contain any number of empty reports.
            PrintableList<Finding> findings = parser.Report?.Findings ?? [];
            lacking += findings.Count > 0 ? 1 : 0;
            foreach (Finding finding in lacking > FixedReadLimits.NamedReports ? [] : findings)
            {
                yield return Notice(source.Path, finding);
            }
        }

        if (damaged is not null)
        {
            // The reports before the damaged one were returned.
            int before = parser.Reports - 1;
            parser = new TlsReportParser(json, reading.Limits, source.Path, reading.CancellationToken);
            using IEnumerator<IReadOnlyList<TlsReportRow>> reports = parser.ReadDamaged(damaged).GetEnumerator();
            while (failure is null)
            {
                try
                {
                    if (!reports.MoveNext())
                    {
                        break;
                    }
                }
                catch (ReportLimitException exception)
                {
                    failure = exception;
                    break;
                }

                foreach (TlsReportRow row in parser.Reports > before ? reports.Current : [])
                {
                    row.Report.IsDamaged = true;
                    given++;
                    reading.Rows++;
                    yield return new ReportReadItem(row);
                }
            }

            if (json.DamagedLine == 0 && json.CutOffLine == 0)
            {
                yield return Notice(source.Path, TlsReportFindings.Damaged.Create(1));
            }

        }

        if (given == 0 && failure is null && (damaged is not null || (json.CutOffLine > 0 && parser.Reports > 0)))
        {
            failure = new InvalidDataException(
                damaged is not null ? Strings.Reports_Reason_AllLeftOut : Strings.Reports_Reason_CutOff);
        }

        if (lacking > FixedReadLimits.NamedReports)
        {
            long more = lacking - FixedReadLimits.NamedReports;
            yield return Notice(source.Path, TlsReportFindings.MoreReports.Create(more, FixedReadLimits.NamedReports));
        }

        foreach (Finding finding in TlsNotices(json, parser, log))
        {
            yield return Notice(source.Path, finding);
        }

        if (failure is not null)
        {
            yield return Problem(source.Path, failure, given);
        }
        else if (parser.Reports == 0)
        {
            yield return NoReport(found, Strings.Reports_Reason_NoReport);
        }
    }

    /// <summary>The whole text of a report; null if it cannot be read or is too large.</summary>
    private string? ReadHeldText(ReportSource source, byte[] head)
    {
        try
        {
            using Stream stream = source.Open();
            using TextReader reader = ReportEncoding.OpenLenient(stream, head, new RepairLog());
            StringBuilder text = new();
            char[] buffer = new char[1 << 14];
            while (reader.Read(buffer, 0, buffer.Length) is > 0 and int read)
            {
                for (int i = 0; i < read; i++)
                {
                    buffer[i] = JsonTokenReader.IsControlCharacter(buffer[i]) ? '\uFFFD' : buffer[i];
                }

                text.Append(buffer, 0, read);
                if ((long)text.Length * sizeof(char) > reading.Limits.MaxHeldBytes)
                {
                    return null;
                }
            }

            return text.ToString();
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            return null;
        }
    }

    private IEnumerable<Finding> TlsNotices(JsonTokenReader json, TlsReportParser parser, RepairLog log)
    {
        if (log.ReplacedBytes > 0)
        {
            yield return ReportFindings.BytesReplaced.Create(log.ReplacedBytes, log.ReplacedBytesLine);
        }

        if (json.ControlCharacters is { Count: > 0 } control)
        {
            yield return TlsReportFindings.ControlCharacters.Create(control.Count, control.Line);
        }

        if (json.CutOffLine > 0)
        {
            yield return TlsReportFindings.CutOff.Create(json.CutOffLine);
        }

        if (json.DamagedLine > 0)
        {
            yield return TlsReportFindings.Damaged.Create(json.DamagedLine);
        }

        foreach (Finding finding in parser.LeftOut.ToFindings(TlsReportFindings.RowsLeftOut)
            .Concat(parser.IncompleteRows.ToFindings(TlsReportFindings.RowsIncomplete)))
        {
            yield return finding;
        }

        if (json.Shortened > 0)
        {
            yield return TlsReportFindings.ValuesShortened.Create(
                json.Shortened, reading.Limits.MaxValueLength, json.ShortenedLine);
        }
    }
}
