namespace Dmarc.Reports;

/// <summary>
/// Tells reports that were read before: the same organisation (in any case of letters) and the same identifier (RFC 9990
/// §3.5 leaves to the consumer what to do then). A report without an identifier is never taken for another. Not for
/// several threads at once.
/// </summary>
public sealed class ReportDeduplicator
{
    private readonly Dictionary<(string Organization, string ReportId), AggregateReportPlace> _known = [];
    private AggregateReport? _last;
    private bool _lastIsNew;

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

    private sealed record AggregateReportPlace(string Path, WeakReference<AggregateReport> Report);
}
