using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>
/// An item returned by a report reader: a row, a failure report, a notice about a file, or an unreadable file. Exactly
/// one of the properties is set.
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

    /// <summary>A notice about a file.</summary>
    public ReportReadItem(ReportNotice notice) => _value = notice;

    /// <summary>An unreadable file, or part of one.</summary>
    public ReportReadItem(ReportProblem problem) => _value = problem;

    /// <summary>The row of an aggregate report; null if the item is something else.</summary>
    public AggregateReportRow? Row => _value as AggregateReportRow;

    /// <summary>The failure report; null if the item is something else.</summary>
    public FailureReport? FailureReport => _value as FailureReport;

    /// <summary>The row of a TLS report; null if the item is something else.</summary>
    public TlsReportRow? TlsRow => _value as TlsReportRow;

    /// <summary>The result: a row or a failure report; null for a notice or a problem.</summary>
    public object? Result => _value is ReportNotice or ReportProblem ? null : _value;

    /// <summary>The notice about a file, such as a repair; null if the item is something else.</summary>
    public ReportNotice? Notice => _value as ReportNotice;

    /// <summary>The problem; null if the item is something else.</summary>
    public ReportProblem? Problem => _value as ReportProblem;

    /// <summary>True if the item belongs to a report of any kind.</summary>
    internal bool IsOfReport => _value is not ReportNotice notice || notice.OtherType is not null;

    /// <inheritdoc/>
    public bool Equals(ReportReadItem other) => ReferenceEquals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ReportReadItem other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;

    /// <summary>The text of the value.</summary>
    public override string ToString() => _value?.ToString() ?? "";

    /// <summary>Equality of values.</summary>
    public static bool operator ==(ReportReadItem left, ReportReadItem right) => left.Equals(right);

    /// <summary>Inequality of values.</summary>
    public static bool operator !=(ReportReadItem left, ReportReadItem right) => !left.Equals(right);
}

/// <summary>A notice about a file of reports: a repair, a record left out, an entry skipped.</summary>
/// <param name="Path">The file, with the names of containers and entries in it.</param>
/// <param name="Finding">The finding.</param>
internal sealed record ReportNotice(string Path, Finding Finding)
{
    /// <summary>The kind of a report that was found but not requested; null for other notices.</summary>
    public ReportTypes? OtherType { get; init; }

    /// <summary>The file and the message.</summary>
    public override string ToString() =>
        Finding.Message.IndexOf(Path, StringComparison.Ordinal) >= 0 ? Finding.Message : Path + ": " + Finding.Message;
}

/// <summary>An unreadable file, or part of one.</summary>
/// <param name="ErrorId">A stable id: one of <see cref="ReportErrorIds"/>.</param>
/// <param name="Path">The file, with the names of containers and entries in it.</param>
/// <param name="Message">The file and the reason, in full sentences.</param>
/// <param name="Kind">The kind of content.</param>
internal sealed record ReportProblem(string ErrorId, string Path, string Message, ReportKind Kind)
{
    /// <summary>The underlying exception; null if there is none.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The number of rows of the same file read before.</summary>
    public long RowsBefore { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
