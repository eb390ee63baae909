using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <summary>
/// What a reader of reports gives out, one at a time: a row, a failure report, something to know about a file, or a file
/// that could not be read. Exactly one of the properties is set.
/// </summary>
internal readonly struct ReportReadItem : IEquatable<ReportReadItem>
{
    private readonly object _value;

    /// <summary>A row.</summary>
    public ReportReadItem(AggregateReportRow row) => _value = row;

    /// <summary>A failure report.</summary>
    public ReportReadItem(FailureReport report) => _value = report;

    /// <summary>A row of a TLS report.</summary>
    public ReportReadItem(TlsReportRow row) => _value = row;

    /// <summary>Something to know about a file.</summary>
    public ReportReadItem(ReportNotice notice) => _value = notice;

    /// <summary>A file, or part of one, that could not be read.</summary>
    public ReportReadItem(ReportProblem problem) => _value = problem;

    /// <summary>The row of an aggregate report; null if the item is something else.</summary>
    public AggregateReportRow? Row => _value as AggregateReportRow;

    /// <summary>The failure report; null if the item is something else.</summary>
    public FailureReport? FailureReport => _value as FailureReport;

    /// <summary>The row of a TLS report; null if the item is something else.</summary>
    public TlsReportRow? TlsRow => _value as TlsReportRow;

    /// <summary>What the item gives as a result: a row or a failure report; null if it is a notice or a problem.</summary>
    public object? Result => _value is ReportNotice or ReportProblem ? null : _value;

    /// <summary>What to know about a file, such as a repair that was made; null if the item is something else.</summary>
    public ReportNotice? Notice => _value as ReportNotice;

    /// <summary>What could not be read; null if the item is something else.</summary>
    public ReportProblem? Problem => _value as ReportProblem;

    /// <summary>True if the item comes of a report, of whatever kind, and not of something beside it.</summary>
    internal bool IsOfReport => _value is not ReportNotice notice || notice.OtherType is not null;

    /// <inheritdoc/>
    public bool Equals(ReportReadItem other) => ReferenceEquals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ReportReadItem other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;

    /// <summary>The text of the value.</summary>
    public override string ToString() => _value?.ToString() ?? "";

    /// <summary>True for the same value.</summary>
    public static bool operator ==(ReportReadItem left, ReportReadItem right) => left.Equals(right);

    /// <summary>True for another value.</summary>
    public static bool operator !=(ReportReadItem left, ReportReadItem right) => !left.Equals(right);
}

/// <summary>Something to know about a file of reports: a repair, a record left out, an entry skipped.</summary>
/// <param name="Path">The file, with the names of containers and entries in it.</param>
/// <param name="Finding">What there is to know.</param>
internal sealed record ReportNotice(string Path, Finding Finding)
{
    /// <summary>The kind of a report that was met and not asked for; null if the notice is about something else.</summary>
    public ReportTypes? OtherType { get; init; }

    /// <summary>The file and the message.</summary>
    public override string ToString() => Finding.Message.IndexOf(Path, StringComparison.Ordinal) >= 0 ? Finding.Message : Path + ": " + Finding.Message;
}

/// <summary>A file, or part of one, that could not be read.</summary>
/// <param name="ErrorId">A stable name: one of <see cref="ReportErrorIds"/>.</param>
/// <param name="Path">The file, with the names of containers and entries in it.</param>
/// <param name="Message">Which file it is and why it was not read, in full sentences.</param>
/// <param name="Kind">What the content turned out to be.</param>
internal sealed record ReportProblem(string ErrorId, string Path, string Message, ReportKind Kind)
{
    /// <summary>The error behind it; null if there was none.</summary>
    public Exception? Exception { get; init; }

    /// <summary>How many rows of the same file were read before.</summary>
    public long RowsBefore { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
