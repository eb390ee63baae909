using System.Globalization;

namespace Dmarc.Views;

/// <summary>What rows and reports of all kinds have in common, for the table in which they stand side by side.</summary>
internal static class ReportItemText
{
    /// <summary>The kind, as one asks for it.</summary>
    public static string Kind(object? item) => item switch
    {
        AggregateReportRow => nameof(Reports.ReportTypes.Aggregate),
        FailureReport => nameof(Reports.ReportTypes.Failure),
        TlsReportRow => nameof(Reports.ReportTypes.Tls),
        _ => "",
    };

    /// <summary>When the time covered begins, or the message arrived; else when it was reported.</summary>
    public static object? Begin(object? item) => item switch
    {
        AggregateReportRow row => row.Begin,
        FailureReport report => report.ArrivalDate ?? report.ReportDate,
        TlsReportRow row => row.Begin,
        _ => null,
    };

    /// <summary>Who reports.</summary>
    public static string Reporter(object? item) => item switch
    {
        AggregateReportRow row => row.OrganizationName,
        FailureReport { Reporter: { } reporter } => reporter.Address,
        TlsReportRow row => row.OrganizationName,
        _ => "",
    };

    /// <summary>The domain that the messages are of, or go to.</summary>
    public static string Domain(object? item) => item switch
    {
        AggregateReportRow row => row.HeaderFrom,
        FailureReport report => report.HeaderFrom.Length > 0 ? report.HeaderFrom : report.ReportedDomain,
        TlsReportRow row => row.PolicyDomain,
        _ => "",
    };

    /// <summary>The address that sent.</summary>
    public static string Source(object? item) => item switch
    {
        AggregateReportRow row => row.SourceIP,
        FailureReport report => report.SourceIP,
        TlsReportRow row => row.SendingMtaIP,
        _ => "",
    };

    /// <summary>How many messages or sessions passed or failed, and why.</summary>
    public static ViewText Result(object? item) => item switch
    {
        AggregateReportRow row => row.Passed ? Passed(row.Count) : Failed(row.Count, ""),
        FailureReport report => Failed(report.Incidents, Word(report.AuthFailure == Reports.Failure.AuthFailureType.Unknown, report.AuthFailure, report.AuthFailureText)),
        TlsReportRow { ResultType: { } reason } row => Failed(row.FailedSessions, Word(reason == Reports.Tls.TlsResultType.Unknown, reason, row.ResultTypeText)),
        TlsReportRow row => row.FailedSessions == 0 ? Passed(row.TotalSuccessfulSessions)
            : row.TotalSuccessfulSessions == 0 ? Failed(row.FailedSessions, "")
            : new ViewText(Passed(row.TotalSuccessfulSessions).Text + ", " + Failed(row.FailedSessions, "").Text, ViewTone.Bad),
        _ => default,
    };

    private static ViewText Passed(long count) => new(Format(Strings.Views_PassedCount, count), ViewTone.Good);

    private static ViewText Failed(long count, string reason) => new(
        reason.Length == 0 ? Format(Strings.Views_FailedCount, count) : Format(Strings.Views_FailedBecause, count, reason),
        ViewTone.Bad);

    private static string Word(bool isUnknown, Enum known, string text) => isUnknown ? PrintableText.Escape(text) : known.ToString();

    private static string Format(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
