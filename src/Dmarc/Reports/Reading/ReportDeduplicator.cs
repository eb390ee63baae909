using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Detects duplicate reports: the same organisation (in any letter case), identifier, policy domain and period (RFC
/// 9990 §3.1.1.3 makes the identifier unique among the reports to one domain; §3.5 leaves the handling of copies to the
/// consumer). A report without an identifier never counts as a copy, nor does one in the same document. Rows are
/// returned while they are read; so a copy of a report with rows lost to damage yields the missing rows. Not
/// thread-safe.
/// </summary>
internal sealed class ReportDeduplicator
{
    private static readonly string[] Copies =
        [ReportFindings.Duplicate.Code, ReportFindings.DuplicateOfDamaged.Code, ReportFindings.FailureOfDamaged.Code];

    private static readonly string[] Losses =
    [
        ReportFindings.CutOff.Code, ReportFindings.RecordsLeftOut.Code, ReportFindings.ValuesLost.Code,
        ReportFindings.CompressionDamaged.Code, ReportFindings.RecordsIncomplete.Code, TlsReportFindings.CutOff.Code,
        TlsReportFindings.RowsLeftOut.Code, TlsReportFindings.Damaged.Code,
    ];

    private readonly SeenReports _aggregate;
    private readonly SeenReports _tls;
    private readonly SeenFailures _failures = new();

    /// <summary>Creates a deduplicator without any known reports.</summary>
    /// <param name="remembered">The maximum number of rows remembered of possibly damaged reports.</param>
    public ReportDeduplicator(int remembered = FixedReadLimits.RememberedRows)
    {
        RowMemory memory = new(remembered);
        (_aggregate, _tls) = (new SeenReports(memory), new SeenReports(memory));
    }

    /// <summary>Whether a row must be returned. The rows of one report must be consecutive.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">With a report's first row: that it is a copy, or reuses an identifier; else null.</param>
    public bool IsNew(AggregateReportRow row, out ReportNotice? notice)
    {
        AggregateReport report = row.Report;
        notice = _aggregate.IsLast(report, report.Place) ? null : _aggregate.Begin(new ReportFacts(
            report, report.Place, report.Key, [report.Key.Domain], report.OrganizationName, report.Path, IsDamaged: false));
        return _aggregate.Take(new ReportReadItem(row), static item => RowPrint.Of(item.Row!), report.Domain);
    }

    /// <summary>Whether a row of a TLS report must be returned. The rows of one report must be consecutive.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">With a report's first row: that it is a copy, or reuses an identifier; else null.</param>
    public bool IsNew(TlsReportRow row, out ReportNotice? notice)
    {
        TlsReport report = row.GetReport();
        notice = _tls.IsLast(report, report.Place) ? null : _tls.Begin(new ReportFacts(
            report, report.Place, report.Key, report.Domains, report.OrganizationName, report.Path, report.IsDamaged));
        return _tls.Take(new ReportReadItem(row), static item => RowPrint.Of(item.TlsRow!), DomainKey.Of(row.PolicyDomain));
    }

    /// <summary>Whether a failure report is read for the first time.</summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">The notice about a duplicate; otherwise null.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice) =>
        _failures.IsNew(report, out notice);

    /// <summary>Whether an item must be returned now; true for items that do not belong to a report.</summary>
    /// <param name="item">The item.</param>
    /// <param name="notice">With a report's first row: that it is a copy, or reuses an identifier; else null.</param>
    public bool IsNew(ReportReadItem item, out ReportNotice? notice)
    {
        notice = null;
        return item.Row is { } row ? IsNew(row, out notice)
            : item.TlsRow is { } tls ? IsNew(tls, out notice)
            : item.FailureReport is not { } failure || IsNew(failure, out notice);
    }

    /// <summary>Returns the rows and notices held until the document before was complete, usually none.</summary>
    public IEnumerable<ReportReadItem> Before(ReportReadItem next) =>
        next.Row is { } row && _aggregate.IsOther(row.Report.Place, row.Path) ? _aggregate.Settle()
        : next.TlsRow is { } tls && _tls.IsOther(tls.Report.Place, tls.Path) ? _tls.Settle()
        : [];

    /// <summary>Returns the held items at the end of an input.</summary>
    public IEnumerable<ReportReadItem> Settle() => [.. _aggregate.Settle(), .. _tls.Settle()];

    /// <summary>Records that damage cost rows of the current content.</summary>
    /// <param name="path">The path of the content, as in its rows.</param>
    public void NoteLoss(string path)
    {
        _aggregate.NoteLoss(path);
        _tls.NoteLoss(path);
    }

    /// <summary>True if a notice reports a copy that was left out.</summary>
    public static bool IsLeftOut(ReportNotice notice) => Copies.Contains(notice.Finding.Code);

    /// <summary>The path of the content if an item reports a loss of rows; null for any other item.</summary>
    public static string? LossOf(ReportReadItem item) =>
        item.Problem is { RowsBefore: > 0 } problem ? problem.Path
        : item.Notice is { } notice && Losses.Contains(notice.Finding.Code) ? notice.Path
        : null;
}
