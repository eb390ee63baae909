using System.Collections.ObjectModel;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;

namespace Dmarc.PowerShell;

/// <summary>Reads observed mail from the parameters.</summary>
/// <param name="cmdlet">The cmdlet that reports errors.</param>
/// <param name="traffic">Receives the mail.</param>
/// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
internal sealed class TrafficInput(DmarcCommand cmdlet, DirectSendTraffic traffic, CancellationToken cancellationToken)
{
    private long _read;
    private long _used;

    /// <summary>Adds rows of aggregate reports, from Import-DmarcReport or an exported file.</summary>
    public void AddReports(object? value)
    {
        List<object> others = [];
        foreach (object item in PropertyFacts.Flatten(value))
        {
            FactSource facts = PropertyFacts.Unwrap(item) is AggregateReportRow row
                ? ReportTraffic.SourceOf(row)
                : PropertyFacts.Of(item);
            if (ReportTraffic.IsRow(facts))
            {
                Count(traffic.AddReport(facts));
            }
            else
            {
                others.Add(item);
            }
        }

        if (others.Count > 0)
        {
            cmdlet.WriteError(ErrorRecords.NotReportRows(others.Count, others[0]));
        }
    }

    /// <summary>Adds messages: paths of files and folders, file objects, texts, and parsed messages.</summary>
    public void AddMessages(object? value)
    {
        foreach (object item in PropertyFacts.Flatten(value))
        {
            switch (PropertyFacts.Unwrap(item))
            {
                case AssessedMessage message:
                    Count(traffic.AddMessage(message));
                    break;
                case MailMessage message:
                    Count(traffic.AddMessage(new AssessedMessage(message, message.Subject)));
                    break;
                case string text when text.IndexOf('\n') >= 0:
                    AddMessage(MessageFileReader.ReadText(text, Strings.DirectSend_PastedMessage), Strings.DirectSend_PastedMessage);
                    break;
                case string path:
                    AddMessageFiles(path);
                    break;
                case FileSystemInfo file:
                    AddMessageFiles(file.FullName);
                    break;
                default:
                    cmdlet.WriteError(ErrorRecords.InputNotSupported(item));
                    break;
            }
        }
    }

    /// <summary>Adds rows of a trace, and CSV files of them.</summary>
    public void AddTraces(object? value)
    {
        List<object> others = [];
        SwallowedRows swallowed = new();
        foreach (object item in PropertyFacts.Flatten(value))
        {
            string? path = PropertyFacts.Unwrap(item) switch
            {
                string text => text,
                FileInfo file => file.FullName,
                _ => null,
            };
            if (path is not null)
            {
                foreach (string file in Resolve(path))
                {
                    AddTraceFile(file);
                }
            }
            else if (PropertyFacts.Of(item) is var facts && TraceTraffic.IsRow(facts))
            {
                swallowed.Look(item);
                Count(traffic.AddTrace(facts, Strings.DirectSend_TraceRows));
            }
            else
            {
                others.Add(item);
            }
        }

        swallowed.Complete(cmdlet);
        if (others.Count > 0)
        {
            cmdlet.WriteError(ErrorRecords.NotTraceRows(others.Count, others[0]));
        }
    }

    /// <summary>Reports how much was usable.</summary>
    public DirectSendTraffic Complete()
    {
        cmdlet.WriteVerbose(Sentences.Fill(Strings.DirectSend_TrafficRead, _read, _used));
        if (traffic.UnreadableAddress is { } address)
        {
            cmdlet.WriteWarning(Sentences.Fill(
                Strings.DirectSend_TrafficUnreadable,
                traffic.UnreadableAddresses,
                PrintableText.Escape(PrintableText.Shorten(address))));
        }

        if (traffic.LeftOut > 0)
        {
            cmdlet.WriteWarning(Sentences.Fill(Strings.DirectSend_TrafficLeftOut, traffic.LeftOut));
        }

        return traffic;
    }

    private void AddTraceFile(string file)
    {
        try
        {
            using StreamReader reader = new(RegularFile.Open(file), detectEncodingFromByteOrderMarks: true);
            CsvReader csv = new(reader);
            CsvProblemWriter problems = new(cmdlet, file);
            long others = 0;
            long firstOther = 0;
            foreach (CsvItem item in csv.Read())
            {
                if (!TraceTraffic.IsHeader(csv.Columns))
                {
                    break;
                }

                problems.Add(item.Problem);
                if (item.Row is not { } row)
                {
                    continue;
                }

                if (TraceTraffic.IsRow(name => row[name]))
                {
                    Count(traffic.AddTrace(name => row[name], file));
                }
                else
                {
                    firstOther = others++ == 0 ? row.Line : firstOther;
                }
            }

            problems.Complete();
            if (!TraceTraffic.IsHeader(csv.Columns))
            {
                cmdlet.WriteError(ErrorRecords.TraceUnreadable(file, new InvalidDataException(Strings.DirectSend_NoTraceColumns)));
            }

            if (others > 0)
            {
                cmdlet.WriteError(ErrorRecords.TraceRowsWithoutRecipient(file, others, firstOther));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.TraceUnreadable(file, exception));
        }
    }

    private void AddMessageFiles(string path)
    {
        foreach (string resolved in Resolve(path))
        {
            IEnumerable<string> files = Directory.Exists(resolved)
                ? ReportFiles.Enumerate(resolved, true).Where(MessageFileReader.IsMail)
                : [resolved];
            try
            {
                foreach (string file in files)
                {
                    foreach (MessageReadItem read in MessageFileReader.ReadFile(file))
                    {
                        AddMessage(read, file);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                cmdlet.WriteError(ErrorRecords.FolderUnreadable(resolved, exception));
            }
        }
    }

    private void AddMessage(MessageReadItem read, string name)
    {
        if (read.Message is { } message)
        {
            Count(traffic.AddMessage(message));
        }
        else
        {
            cmdlet.WriteError(ErrorRecords.MessageUnreadable(name, read.Problem));
        }
    }

    private Collection<string> Resolve(string path) => ProviderPath.Resolve(cmdlet, path, isPattern: false, () =>
    {
        string literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        return File.Exists(literal) || Directory.Exists(literal) ? [literal] : cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
    });

    private void Count(bool used)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        _read++;
        _used += used ? 1 : 0;
    }
}
