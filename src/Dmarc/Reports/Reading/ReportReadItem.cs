using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>
/// An item returned by a report reader: a row, a failure report, a notice about a file, or an unreadable file. Exactly
/// one of the properties is set.
/// </summary>
/// <param name="Value">The <see cref="AggregateReportRow"/>, <see cref="Failure.FailureReport"/> or the like.</param>
internal readonly record struct ReportReadItem(object Value)
{
    /// <summary>The row of an aggregate report; null if the item is something else.</summary>
    public AggregateReportRow? Row => Value as AggregateReportRow;

    /// <summary>The failure report; null if the item is something else.</summary>
    public FailureReport? FailureReport => Value as FailureReport;

    /// <summary>The row of a TLS report; null if the item is something else.</summary>
    public TlsReportRow? TlsRow => Value as TlsReportRow;

    /// <summary>The result: a row or a failure report; null for a notice or a problem.</summary>
    public object? Result => Value is ReportNotice or ReportProblem ? null : Value;

    /// <summary>The notice about a file, such as a repair; null if the item is something else.</summary>
    public ReportNotice? Notice => Value as ReportNotice;

    /// <summary>The problem; null if the item is something else.</summary>
    public ReportProblem? Problem => Value as ReportProblem;

    /// <summary>True if the item belongs to a report of any kind.</summary>
    public bool IsOfReport => Value is not ReportNotice { OtherType: null };

    /// <summary>The text of the value.</summary>
    public override string ToString() => Value.ToString()!;
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
internal sealed record ReportProblem(string ErrorId, string Path, string Message)
{
    /// <summary>The underlying exception; null if there is none.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The number of rows of the same file read before.</summary>
    public long RowsBefore { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
