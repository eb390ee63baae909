using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Views;

/// <summary>The common columns of rows and reports of all kinds, for a mixed table.</summary>
/// <param name="Kind">The kind, as in the parameter that selects kinds.</param>
/// <param name="Begin">The start of the period, or the arrival of the message; else the time of the report.</param>
/// <param name="Reporter">The reporter.</param>
/// <param name="Domain">The domain that sends or receives the messages.</param>
/// <param name="Source">The sending address.</param>
/// <param name="Result">How many messages or sessions passed or failed, and why.</param>
internal sealed record ReportItemText(string Kind, object? Begin, string Reporter, string Domain, string Source, ViewText Result)
{
    /// <summary>The columns of a row or report; null for other objects.</summary>
    public static ReportItemText? Of(object? item) => item switch
    {
        ReportItemText text => text,
        AggregateReportRow row => OfAggregate(row.Begin, row.OrganizationName, row.HeaderFrom, row.SourceIP, row.Count, row.Passed),
        FailureReport report => OfFailure(
            report.ArrivalDate ?? report.ReportDate,
            report.Reporter?.Address ?? "",
            report.HeaderFrom.Length > 0 ? report.HeaderFrom : report.ReportedDomain,
            report.SourceIP,
            report.Incidents,
            Word(report.WrittenAuthFailure.Text, FeedbackWords.AuthFailures, report.AuthFailure)),
        TlsReportRow row => OfTls(
            row.Begin,
            row.OrganizationName,
            row.PolicyDomain,
            row.SendingMtaIP,
            row.TotalSuccessfulSessions,
            row.FailedSessions,
            row.WrittenResultType.Text),
        _ => null,
    };

    /// <summary>The columns of a deserialised copy, which only has properties; null for other objects.</summary>
    /// <param name="type">The name of its type.</param>
    /// <param name="property">Gets its properties by name; a dot leads into a property.</param>
    public static ReportItemText? Of(string type, Func<string, object?> property)
    {
        return type switch
        {
            nameof(AggregateReportRow) => OfAggregate(
                property("Begin"),
                Text("OrganizationName"),
                Text("HeaderFrom"),
                Text("SourceIP"),
                Number("Count"),
                property("Passed") as bool?),
            nameof(FailureReport) => OfFailure(
                property("ArrivalDate.UtcDateTime") ?? property("ArrivalDate") ?? property("ReportDate.UtcDateTime") ?? property("ReportDate"),
                Text("Reporter.Address"),
                Text("HeaderFrom") is { Length: > 0 } from ? from : Text("ReportedDomain"),
                Text("SourceIP"),
                Number("Incidents"),
                Reason("AuthFailure", FeedbackWords.AuthFailures)),
            nameof(TlsReportRow) => OfTls(
                property("Begin"), Text("OrganizationName"), Text("PolicyDomain"), Text("SendingMtaIP"),
                Number("TotalSuccessfulSessions"), Number("FailedSessions"),
                Reason("ResultType", TlsWords.ResultTypes)),
            _ => null,
        };

        string Text(string name) => property(name)?.ToString() ?? "";

        // An enum is deserialised as its number.
        string Reason<T>(string name, WordSet<T> words)
            where T : struct, Enum =>
            Word(Text(name + "Text"), words, Enum.TryParse(Text(name), out T value) ? value : default);

        long Number(string name) => property(name) is long number ? number : 0;
    }

    private static string Word<T>(string text, WordSet<T> words, T value)
        where T : struct, Enum => text.Length > 0 ? text : words.Write(value);

    private static ReportItemText OfAggregate(object? begin, string reporter, string domain, string source, long count, bool? passed) =>
        new(nameof(ReportTypes.Aggregate), begin, reporter, domain, source, passed switch
        {
            true => Passed(count),
            false => Failed(count, ""),
            null => new ViewText(Format(Strings.Views_UnevaluatedCount, count)),
        });

    private static ReportItemText OfFailure(object? begin, string reporter, string domain, string source, long count, string reason) =>
        new(nameof(ReportTypes.Failure), begin, reporter, domain, source, Failed(count, reason));

    private static ReportItemText OfTls(object? begin, string reporter, string domain, string source, long passed, long failed, string reason) => new(
        nameof(ReportTypes.Tls),
        begin,
        reporter,
        domain,
        source,
        reason.Length > 0 ? Failed(failed, reason)
        : failed == 0 ? Passed(passed)
        : passed == 0 ? Failed(failed, "")
        : new ViewText(Format(Strings.Views_PassedAndFailed, passed, failed), ViewTone.Bad));

    private static ViewText Passed(long count) => new(Format(Strings.Views_PassedCount, count), ViewTone.Good);

    private static ViewText Failed(long count, string reason) => new(
        reason.Length == 0
            ? Format(Strings.Views_FailedCount, count)
            : Format(Strings.Views_FailedBecause, count, PrintableText.Escape(reason)),
        ViewTone.Bad);

    private static string Format(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
