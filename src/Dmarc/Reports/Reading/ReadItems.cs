namespace Dmarc.Reports.Reading;

/// <summary>Creates problems and notices of readers, with their texts.</summary>
internal static class ReadItems
{
    public static bool IsInputFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or System.Security.SecurityException;

    public static ReportReadItem CannotOpen(string path, Exception exception) => new(new ReportProblem(
        ReportErrorIds.FileNotReadable, path, Sentences.Fill(Strings.Reports_FileNotReadable, path, exception.Message))
    {
        Exception = exception,
    });

    public static ReportReadItem OtherKind(string path, ReportTypes type) => new(
        new ReportNotice(path, ReportFindings.OtherKind.Create(path, ReportTypeTally.NameOf(type), type))
        {
            OtherType = type,
        });

    public static ReportReadItem Notice(string path, Finding finding) => new(new ReportNotice(path, finding));

    public static ReportReadItem Unexpected(string path, Exception exception, long rowsBefore) =>
        IsInputFailure(exception) || exception is ReportLimitException
            ? Problem(path, exception, rowsBefore)
            : Problem(
                path,
                ReportErrorIds.Unexpected,
                Sentences.Fill(Strings.Reports_Reason_Unexpected, exception.GetType().Name, exception.Message),
                exception,
                rowsBefore);

    public static ReportReadItem Unreadable(string path, string reason) =>
        Problem(path, ReportErrorIds.Unreadable, reason);

    public static ReportReadItem Problem(string path, Exception failure, long rowsBefore = 0) => Problem(
        path,
        failure is ReportLimitException ? ReportErrorIds.LimitExceeded : ReportErrorIds.Unreadable,
        failure.Message,
        failure,
        rowsBefore);

    public static ReportReadItem Problem(
        string path, string errorId, string reason, Exception? exception = null, long rowsBefore = 0)
    {
        string format = rowsBefore == 0 ? Strings.Reports_Problem : Strings.Reports_ProblemAfterRows;
        return new(new ReportProblem(errorId, path, Sentences.Fill(format, path, reason, rowsBefore))
        {
            Exception = exception,
            RowsBefore = rowsBefore,
        });
    }

    /// <summary>Returns the content of a container, then a message about the whole, if there is one.</summary>
    public static IEnumerable<ReportReadItem> ReadAll(
        IEnumerable<ReportReadItem> content, Func<ContainerTally, ReportReadItem?> conclude)
    {
        ContainerTally tally = default;
        foreach (ReportReadItem item in content)
        {
            tally = tally.With(item);
            yield return item;
        }

        if (conclude(tally) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The final message about a container; null if there is none.</summary>
    public static ReportReadItem? Conclude(FoundContent found, ContainerTally tally, string? damage)
    {
        string path = found.Source.Path;
        bool isZip = found.Kind == ReportKind.Zip;
        FindingDescriptor finding = isZip ? ReportFindings.ArchiveDamaged : ReportFindings.ContainerDamaged;
        string reason = isZip ? Strings.Reports_Reason_Zip : Strings.Reports_Reason_Container;
        return damage is null ? tally.IsAccountedFor ? null : NoReport(found, Strings.Reports_Reason_NoReport)
            : tally.HasResults ? Notice(path, finding.Create(damage))
            : Unreadable(path, Sentences.Fill(reason, damage));
    }

    /// <summary>Content without a report: a problem if one was expected, otherwise a notice.</summary>
    public static ReportReadItem NoReport(FoundContent found, string reason) => found.IsRequired
        ? Unreadable(found.Source.Path, reason)
        : Notice(found.Source.Path, ReportFindings.EntryIgnored.Create(found.Source.Path, found.Kind));
}

/// <summary>The results of a container, for the message at its end.</summary>
/// <param name="HasResults">True once there was a row or report.</param>
/// <param name="IsAccountedFor">True once any report was found, or a message was reported to the user.</param>
internal readonly record struct ContainerTally(bool HasResults, bool IsAccountedFor)
{
    /// <summary>The results with another item.</summary>
    public ContainerTally With(ReportReadItem item) => new(
        HasResults || item.Result is not null,
        IsAccountedFor || item.IsOfReport || item.Notice?.Finding.Severity > Severity.Information);
}
