using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Tells reports that were read before: the same organisation (in any case of letters), identifier, policy domain and time
/// (RFC 9990 §3.1.1.3 makes the identifier unique among the reports to the same domain; §3.5 leaves to the consumer what to do
/// with a copy). A report without an identifier is never taken for another, and none for another one of the same document.
/// Rows are given out while they are read; so a copy of a report that damage took rows from gives the rows that were missing.
/// Not for several threads at once.
/// </summary>
internal sealed class ReportDeduplicator
{
    private readonly SeenReports _aggregate;
    private readonly SeenReports _tls;
    private readonly SeenFailures _failures = new();

    /// <summary>Knows no report yet.</summary>
    /// <param name="remembered">How many rows of reports are remembered that may turn out to be damaged.</param>
    public ReportDeduplicator(int remembered = FixedReadLimits.RememberedRows)
    {
        RowMemory memory = new(remembered);
        (_aggregate, _tls) = (new SeenReports(memory), new SeenReports(memory));
    }

    /// <summary>Whether a row is to be given out. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(AggregateReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        AggregateReport report = row.Report;
        notice = _aggregate.IsLast(report, report.Place) ? null : _aggregate.Begin(new ReportFacts(
            report, report.Place, report.Key, [report.Key.Domain], report.OrganizationName, report.Path, IsDamaged: false));
        return _aggregate.Take(new ReportReadItem(row), static item => RowPrint.Of(item.Row!), report.Domain);
    }

    /// <summary>Whether a row of a TLS report is to be given out. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(TlsReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        TlsReport report = row.GetReport();
        notice = _tls.IsLast(report, report.Place) ? null : _tls.Begin(new ReportFacts(
            report, report.Place, report.Key, report.Domains, report.OrganizationName, report.Path, report.IsDamaged));
        return _tls.Take(new ReportReadItem(row), static item => RowPrint.Of(item.TlsRow!), DomainKey.Of(row.PolicyDomain));
    }

    /// <summary>Whether a failure report is read for the first time.</summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">Where it is a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice) =>
        _failures.IsNew(report ?? throw new ArgumentNullException(nameof(report)), out notice);

    /// <summary>Whether an item is to be given out now; true for what is of no report.</summary>
    /// <param name="item">The item.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(ReportReadItem item, out ReportNotice? notice)
    {
        notice = null;
        return item.Row is { } row ? IsNew(row, out notice)
            : item.TlsRow is { } tls ? IsNew(tls, out notice)
            : item.FailureReport is not { } failure || IsNew(failure, out notice);
    }

    /// <summary>Gives out what was held back until the document before this row was read: rows and notices. Most often nothing.</summary>
    /// <param name="next">What comes next.</param>
    public IEnumerable<ReportReadItem> Before(ReportReadItem next) =>
        next.Row is { } row && _aggregate.IsOther(row.Report.Place, row.Path) ? _aggregate.Settle()
        : next.TlsRow is { } tls && _tls.IsOther(tls.Report.Place, tls.Path) ? _tls.Settle()
        : [];

    /// <summary>Gives out what was held back, now that an input has been read to its end.</summary>
    public IEnumerable<ReportReadItem> Settle() => [.. _aggregate.Settle(), .. _tls.Settle()];

    /// <summary>Notes that damage cost rows of what is read now.</summary>
    /// <param name="path">The path of the content, as its rows have it.</param>
    public void NoteLoss(string path)
    {
        _aggregate.NoteLoss(path);
        _tls.NoteLoss(path);
    }

    /// <summary>True if a notice says that a report was left out as a copy.</summary>
    /// <param name="notice">The notice.</param>
    public static bool IsLeftOut(ReportNotice notice) =>
        notice.Finding.Code == ReportFindings.Duplicate.Code || notice.Finding.Code == ReportFindings.DuplicateOfDamaged.Code
        || notice.Finding.Code == ReportFindings.FailureOfDamaged.Code;

    /// <summary>The path of the content if an item says that rows of it are lost; null for any other item.</summary>
    /// <param name="item">The item.</param>
    public static string? LossOf(ReportReadItem item) =>
        item.Problem is { RowsBefore: > 0 } problem ? problem.Path
        : item.Notice is { } notice && IsLoss(notice.Finding.Code) ? notice.Path
        : null;

    private static bool IsLoss(string code) =>
        code == ReportFindings.CutOff.Code || code == ReportFindings.RecordsLeftOut.Code || code == ReportFindings.ValuesLost.Code
        || code == ReportFindings.CompressionDamaged.Code || code == TlsReportFindings.CutOff.Code || code == TlsReportFindings.RowsLeftOut.Code
        || code == TlsReportFindings.Damaged.Code || code == ReportFindings.RecordsIncomplete.Code;
}
