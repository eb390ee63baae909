using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>Creates problems and notices of readers, with their texts.</summary>
internal static class ReadItems
{
    public static bool IsInputFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or System.Security.SecurityException;

    public static ReportReadItem CannotOpen(string path, Exception exception) => new(new ReportProblem(
        ReportErrorIds.FileNotReadable,
        path,
        Sentences.Fill(Strings.Reports_FileNotReadable, path, exception.Message),
        ReportKind.Unknown)
    {
        Exception = exception,
    });

    public static ReportReadItem OtherKind(ReportSource source, ReportTypes type) =>
        new(new ReportNotice(source.Path, ReportFindings.OtherKind.Create(source.Path, ReportTypeTally.NameOf(type), type)) { OtherType = type });

    public static ReportReadItem Notice(string path, Finding finding) => new(new ReportNotice(path, finding));

    public static ReportReadItem Unexpected(ReportSource source, Exception exception, long rowsBefore) =>
        IsInputFailure(exception) || exception is ReportLimitException
            ? Problem(source, exception, ReportKind.Unknown, rowsBefore)
            : Problem(
                source,
                ReportErrorIds.Unexpected,
                Sentences.Fill(Strings.Reports_Reason_Unexpected, exception.GetType().Name, exception.Message),
                ReportKind.Unknown,
                exception,
                rowsBefore);

    public static ReportReadItem Problem(ReportSource source, Exception failure, ReportKind kind, long rowsBefore = 0) =>
        Problem(
            source,
            failure is ReportLimitException ? ReportErrorIds.LimitExceeded : ReportErrorIds.Unreadable,
            failure.Message,
            kind,
            failure,
            rowsBefore);

    public static ReportReadItem Problem(
        ReportSource source,
        string errorId,
        string reason,
        ReportKind kind,
        Exception? exception = null,
        long rowsBefore = 0) =>
        new(new ReportProblem(
            errorId,
            source.Path,
            Sentences.Fill(
                rowsBefore == 0 ? Strings.Reports_Problem : Strings.Reports_ProblemAfterRows,
                source.Path,
                reason,
                rowsBefore),
            kind)
        {
            Exception = exception,
            RowsBefore = rowsBefore,
        });

    /// <summary>The final message about a container; null if there is none.</summary>
    public static ReportReadItem? Conclude(
        ReportSource source, ReportKind kind, ContainerTally tally, string? damage, ExpectedContent expected)
    {
        if (damage is not null)
        {
            return tally.HasResults
                ? Notice(source.Path, ReportFindings.ContainerDamaged.Create(damage))
                : Problem(source, ReportErrorIds.Unreadable, Sentences.Fill(Strings.Reports_Reason_Container, damage), kind);
        }

        return tally.IsAccountedFor ? null : NoReport(source, kind, expected == ExpectedContent.Report, Strings.Reports_Reason_NoReport);
    }

    /// <summary>Content without a report: a problem if one was expected, otherwise a notice.</summary>
    public static ReportReadItem NoReport(ReportSource source, ReportKind kind, bool isRequired, string reason) => isRequired
        ? Problem(source, ReportErrorIds.Unreadable, reason, kind)
        : Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind));
}
