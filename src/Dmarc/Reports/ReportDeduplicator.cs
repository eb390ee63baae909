namespace Dmarc.Reports;

/// <summary>
/// Tells reports that were read before: the same organisation (in any case of letters) and the same identifier (RFC 9990
/// §3.5 leaves to the consumer what to do then). A report without an identifier is never taken for another. Not for
/// several threads at once.
/// </summary>
public sealed class ReportDeduplicator
{
    private readonly Dictionary<(string Organization, string ReportId), AggregateReportPlace> _known = [];
    private readonly Dictionary<(string Organization, string ReportId), string> _knownTls = [];
    private readonly Dictionary<(string MessageId, string Report), string> _knownFailures = [];
    private AggregateReport? _last;
    private bool _lastIsNew;
    private TlsReport? _lastTls;
    private bool _lastTlsIsNew;

    /// <summary>Whether a row belongs to a report that is read for the first time. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">Where the row is the first of a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(AggregateReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        notice = null;
        AggregateReport report = row.Report;
        if (ReferenceEquals(report, _last))
        {
            return _lastIsNew;
        }

        _last = report;
        _lastIsNew = true;
        if (report.ReportId.Length == 0)
        {
            return true;
        }

        (string, string) key = (report.OrganizationName.ToUpperInvariant(), report.ReportId);
        if (!_known.TryGetValue(key, out AggregateReportPlace? first))
        {
            _known[key] = new AggregateReportPlace(report.Path, new WeakReference<AggregateReport>(report));
            return true;
        }

        if (first.Report.TryGetTarget(out AggregateReport? same) && ReferenceEquals(same, report))
        {
            return true;
        }

        _lastIsNew = false;
        notice = new ReportNotice(report.Path, ReportFindings.Duplicate.Create(report.OrganizationName, report.ReportId, first.Path));
        return false;
    }

    /// <summary>Whether a row belongs to a TLS report that is read for the first time. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">Where the row is the first of a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(TlsReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        notice = null;
        TlsReport report = row.GetReport();
        if (ReferenceEquals(report, _lastTls))
        {
            return _lastTlsIsNew;
        }

        _lastTls = report;
        _lastTlsIsNew = true;
        (string, string) key = (report.OrganizationName.ToUpperInvariant(), report.ReportId);
        if (report.ReportId.Length > 0 && _knownTls.TryGetValue(key, out string? first))
        {
            _lastTlsIsNew = false;
            notice = new ReportNotice(report.Path, ReportFindings.Duplicate.Create(report.OrganizationName, report.ReportId, first));
        }
        else
        {
            _knownTls[key] = report.Path;
        }

        return _lastTlsIsNew;
    }

    /// <summary>
    /// Whether a failure report is read for the first time. It has no identifier of its own: one is known again by the
    /// Message-ID of the message that carries it, with the source, the time and the Message-ID that it tells of, the check
    /// that failed and the signature, because a message may carry several (RFC 9991 §3).
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">Where it is a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice)
    {
        if (report is null)
        {
            throw new ArgumentNullException(nameof(report));
        }

        notice = null;
        if (report.ReportMessageId.Length == 0)
        {
            return true;
        }

        (string, string) key = (report.ReportMessageId, string.Join(
            "\n", report.SourceIP, report.ArrivalDateText, report.MessageId, report.AuthFailureText, report.DkimDomain, report.DkimSelector));
        if (_knownFailures.TryGetValue(key, out string? first))
        {
            notice = new ReportNotice(report.Path, ReportFindings.Duplicate.Create(report.Reporter?.Address ?? "", report.ReportMessageId, first));
            return false;
        }

        _knownFailures[key] = report.Path;
        return true;
    }

    /// <summary>Whether an item is of a report that is read for the first time; true for what is of no report.</summary>
    /// <param name="item">The item.</param>
    /// <param name="notice">Where it is the first of a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(ReportReadItem item, out ReportNotice? notice)
    {
        notice = null;
        return item.Row is { } row ? IsNew(row, out notice)
            : item.TlsRow is { } tls ? IsNew(tls, out notice)
            : item.FailureReport is not { } failure || IsNew(failure, out notice);
    }

    private sealed record AggregateReportPlace(string Path, WeakReference<AggregateReport> Report);
}
