using Dmarc.Diagnostics;
using Dmarc.Domains;
using Dmarc.Reports.Containers;

namespace Dmarc.Reports;

/// <summary>The reading of one input: content is recognised, containers are opened, reports are read.</summary>
internal sealed partial class FileReading(
    AggregateParseContext context,
    ReportReadLimits limits,
    IOrganizationalDomainSource organizationalDomains,
    ReportTypes types,
    CancellationToken cancellationToken)
{
    private readonly DecompressionBudget _budget = new(limits);
    private long _rows;
    private string? _compressionDamage;
    private bool _compressionBrokeOff;

    private AggregateParseContext Context => context;

    private ReportReadLimits Limits => limits;

    private IOrganizationalDomainSource OrganizationalDomains => organizationalDomains;

    /// <summary>Reads some content, whatever it is.</summary>
    /// <param name="source">The content.</param>
    /// <param name="depth">How many containers it stands in.</param>
    /// <param name="required">True where content that is no report is a problem, false where it is passed over.</param>
    public IEnumerable<ReportReadItem> Read(ReportSource source, int depth, bool required)
    {
        if (depth > limits.MaxContainerDepth)
        {
            ReportLimitException limit = new(nameof(ReportReadLimits.MaxContainerDepth), limits.MaxContainerDepth, Strings.Reports_Limit_ContainerDepth);
            return [Problem(source, ReportErrorIds.LimitExceeded, limit.Message, ReportKind.Unknown, limit)];
        }

        _compressionDamage = null;
        _compressionBrokeOff = false;
        byte[] head;
        try
        {
            head = ReadHead(source);
        }
        catch (ReportLimitException limit)
        {
            return [Problem(source, ReportErrorIds.LimitExceeded, limit.Message, ReportKind.Unknown, limit)];
        }
        catch (Exception exception) when (IsInputFailure(exception))
        {
            return [depth == 0 ? CannotOpen(source.Path, exception) : Problem(source, ReportErrorIds.Unreadable, exception.Message, ReportKind.Unknown, exception)];
        }

        ReportKind kind = ContentSniffer.Sniff(head);
        if (kind == ReportKind.Empty && _compressionBrokeOff)
        {
            _compressionDamage ??= Strings.Reports_Compression_BrokeOff;
        }

        if ((kind is ReportKind.Empty or ReportKind.Unknown) && _compressionDamage is string damage)
        {
            // Nothing recognisable stands before the damage: that is a report lost, not junk to pass over.
            _compressionDamage = null;
            return [Problem(source, ReportErrorIds.Unreadable, string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Reports_Reason_Compression, damage), kind)];
        }

        return kind switch
        {
            ReportKind.Xml when types.HasFlag(ReportTypes.Aggregate) => ReadXml(source, head, required),
            ReportKind.Xml when ContentSniffer.IsAggregateReport(head) => [OtherKind(source, ReportTypes.Aggregate)],
            ReportKind.Gzip => ReadGzip(source, depth, required),
            ReportKind.Zip => ReadZip(source, depth, required),
            ReportKind.Message => ReadMessage(source, depth, required),
            ReportKind.Mailbox => ReadMailbox(source, depth, required),
            ReportKind.Base64 => ReadBase64(source, depth, required),
            ReportKind.Tls => types.HasFlag(ReportTypes.Tls) ? ReadTls(source, head, required) : [OtherKind(source, ReportTypes.Tls)],
            ReportKind.Failure => types.HasFlag(ReportTypes.Failure) ? ReadFailure(source) : [OtherKind(source, ReportTypes.Failure)],
            ReportKind.CompoundFile => ReadOutlook(source, depth, required),
            ReportKind.OutlookStore when required => [Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_OutlookStore, kind)],
            ReportKind.Html when required => [Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Html, kind)],
            ReportKind.Empty when required => [Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Empty, kind)],
            _ when required => [Problem(source, ReportErrorIds.Unreadable, Strings.Reports_Reason_Unknown, kind)],
            _ => [Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind))],
        };
    }

    private static byte[] ReadHead(ReportSource source)
    {
        byte[] head = new byte[ContentSniffer.HeadLength];
        int length = 0;
        using Stream stream = source.Open();
        while (length < head.Length)
        {
            int read = stream.Read(head, length, head.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        Array.Resize(ref head, length);
        return head;
    }

    internal static bool IsInputFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or System.Security.SecurityException;

    internal static ReportReadItem CannotOpen(string path, Exception exception) => new(new ReportProblem(
        ReportErrorIds.FileNotReadable,
        path,
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Reports_FileNotReadable, path, exception.Message),
        ReportKind.Unknown)
    {
        Exception = exception,
    });

    private static ReportReadItem OtherKind(ReportSource source, ReportTypes type) =>
        new(new ReportNotice(source.Path, ReportFindings.OtherKind.Create(source.Path, ReportTypeTally.NameOf(type), type)) { OtherType = type });

    private static ReportReadItem Notice(string path, Finding finding) => new(new ReportNotice(path, finding));

    private static ReportReadItem Problem(ReportSource source, string errorId, string reason, ReportKind kind, Exception? exception = null, long rowsBefore = 0) =>
        new(new ReportProblem(
            errorId,
            source.Path,
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                rowsBefore == 0 ? Strings.Reports_Problem : Strings.Reports_ProblemAfterRows,
                source.Path,
                reason,
                rowsBefore),
            kind)
        {
            Exception = exception,
            RowsBefore = rowsBefore,
        });
}
