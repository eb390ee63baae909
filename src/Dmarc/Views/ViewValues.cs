using System.Collections;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.Messages;
using Dmarc.Advice.Records;
using Dmarc.Advice.Sources;
using Dmarc.Dns;
using Dmarc.Reports.Totals;
using Dmarc.Standards;

namespace Dmarc.Views;

/// <summary>
/// Formats a property of a result object for a table or list: the column kinds in <c>Dmarc.views.txt</c>, which
/// <c>[Dmarc.PowerShell.DmarcFormat]</c> exposes under the same names. Each accepts any value.
/// </summary>
internal static class ViewValues
{
    /// <summary>Formats of times in copies: the invariant culture's and JSON's.</summary>
    private static readonly string[] TimeFormats =
        ["MM/dd/yyyy HH:mm:ss zzz", "MM/dd/yyyy HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Any value: text escaped, times in UTC, collections joined by commas; states in their tone.</summary>
    public static ViewText Text(object? value) => new(ToText(value, ", "), ViewTones.Of(value));

    /// <summary>Any value, without its tone.</summary>
    public static ViewText Plain(object? value) => new(ToText(value, ", "));

    /// <summary>The name of a status or result stored as text.</summary>
    public static ViewText State(object? value)
    {
        string text = ToText(value, ", ");
        return new ViewText(text, ViewTones.OfName(text));
    }

    /// <summary>A status; for a failed look-up the word for the failure, such as <c>DnsTimeout</c>.</summary>
    /// <param name="status">The name of the status.</param>
    /// <param name="failure">The failure beside it; null if no look-up failed.</param>
    public static ViewText Status(string? status, DnsFailure? failure) => State(DnsFailureExtensions.ToStatusText(status ?? "", failure));

    /// <summary>The class of a mail source, or the status of its look-ups, stored as text.</summary>
    public static ViewText SourceClass(object? value) =>
        Enum.TryParse(value as string, out SourceClass known) && known.ToString() == (string)value! ? Text(known) : State(value);

    /// <summary>A domain in readable form, followed by its A-labels.</summary>
    public static ViewText Domain(object? value) => value is string or DomainName
        ? new ViewText(PrintableText.Escape(DomainDisplay.Of(value.ToString())))
        : Text(value);

    /// <summary>A mail address with its domain in readable form.</summary>
    public static ViewText Address(object? value) =>
        value is string text ? new ViewText(PrintableText.Escape(DomainDisplay.OfAddress(text))) : Text(value);

    /// <summary>The values that name a group of rows, with domains in readable form.</summary>
    public static ViewText Group(object? value) => value is string text
        ? new ViewText(PrintableText.Escape(MeasureNaming.Separate(text, DomainDisplay.Of)))
        : Text(value);

    /// <summary>A collection with one item per line.</summary>
    public static ViewText Lines(object? value) => new(ToText(value, "\n"));

    /// <summary>A text of several lines, such as a header.</summary>
    public static ViewText Block(object? value) => value is string text
        ? new(string.Join("\n", text.Split('\n').Select(line => PrintableText.Escape(line.TrimEnd('\r')))))
        : Lines(value);

    /// <summary>The policy that receivers apply; if none applies, the status of the search for the record.</summary>
    /// <param name="policy">The policy; null if none applies.</param>
    /// <param name="status">The name of the status; null if there was no search.</param>
    /// <param name="failure">The failure of the search; null if there was none.</param>
    public static ViewText DmarcOutcome(object? policy, string? status, DnsFailure? failure) =>
        policy is null ? Status(status, failure) : Text(policy);

    /// <summary>A Boolean for which true is good.</summary>
    public static ViewText Passed(object? value) => new(
        ToText(value, ", "),
        value switch
        {
            true => ViewTone.Good,
            false => ViewTone.Bad,
            _ => ViewTone.Plain,
        });

    /// <summary>The kind of report, for a mixed table.</summary>
    public static ViewText ReportKind(object? value) => Text(ReportItemText.Of(value)?.Kind);

    /// <summary>The first day of a row or report of any kind.</summary>
    public static ViewText ReportDay(object? value) => Day(ReportItemText.Of(value)?.Begin);

    /// <summary>The reporter, for any kind of report.</summary>
    public static ViewText Reporter(object? value) => Text(ReportItemText.Of(value)?.Reporter);

    /// <summary>The domain of a row or report of any kind.</summary>
    public static ViewText ReportDomain(object? value) => Domain(ReportItemText.Of(value)?.Domain);

    /// <summary>The sending address, for any kind of report.</summary>
    public static ViewText ReportSource(object? value) => Text(ReportItemText.Of(value)?.Source);

    /// <summary>How many messages or sessions passed or failed, for any kind of report.</summary>
    public static ViewText ReportResult(object? value) => ReportItemText.Of(value)?.Result ?? new ViewText("");

    /// <summary>A result of a check; an unknown one is labelled as such.</summary>
    public static ViewText Outcome(object? value) =>
        value is null ? new ViewText(Strings.Views_Unknown, ViewTone.Caution) : Text(value);

    /// <summary>The result of SPF or of a message's signatures: <c>Pass</c> only if aligned with the author.</summary>
    public static ViewText Identifier(object? value)
    {
        (AuthenticationResult? Result, bool? Aligned)[] found = value switch
        {
            SpfAlignmentResult spf => [(spf.Result, spf.Aligned)],
            string text => [Read(text)],
            IEnumerable items =>
            [
                .. items.OfType<DkimAlignmentResult>().Select(signature => (signature.Result, signature.Aligned)),
                .. items.OfType<string>().Select(Read),
            ],
            _ => [],
        };
        return found.Length == 0 ? new ViewText(nameof(AuthenticationResult.None), ViewTone.Caution)
            : Array.Exists(found, one => one.Aligned == true) ? new ViewText(nameof(AuthenticationResult.Pass), ViewTone.Good)
            : Array.Exists(found, one => one is { Result: AuthenticationResult.Pass, Aligned: false })
                ? new ViewText(Strings.Views_Unaligned, ViewTone.Bad)
            : Outcome(found[0].Result);
    }

    /// <summary>Reads the text of an identifier, which is all that a shallow copy keeps.</summary>
    private static (AuthenticationResult? Result, bool? Aligned) Read(string text) => (
        Enum.TryParse(text.Split(' ')[0], out AuthenticationResult result) ? result : null,
        text.EndsWith(Strings.Align_NotAligned, StringComparison.Ordinal) ? false
            : text.EndsWith(Strings.Align_Aligned, StringComparison.Ordinal) ? true
            : null);

    /// <summary>The number of errors, such as <c>2 errors</c>, or else of warnings; nothing else counts.</summary>
    public static ViewText FindingCount(object? value)
    {
        int errors = 0;
        int warnings = 0;
        foreach (object item in FindingsOf(value))
        {
            string severity = item is Finding finding ? finding.Severity.ToString() : ((string)item).Split(':')[0].Split(' ').Last();
            errors += severity == nameof(Severity.Error) ? 1 : 0;
            warnings += severity == nameof(Severity.Warning) ? 1 : 0;
        }

        return errors > 0 ? new ViewText(Counted(errors, Strings.Views_Error, Strings.Views_Errors), ViewTone.Bad)
            : warnings > 0 ? new ViewText(Counted(warnings, Strings.Views_Warning, Strings.Views_Warnings), ViewTone.Caution)
            : new ViewText("");
    }

    /// <summary>The findings, one per line, with their remedies.</summary>
    public static ViewText Findings(object? value)
    {
        List<string> lines = [];
        foreach (object item in FindingsOf(value))
        {
            if (item is not Finding finding)
            {
                lines.Add(PrintableText.Escape(item.ToString()));
                continue;
            }

            string message = finding.Reference.Length == 0
                ? finding.Message
                : Sentences.Fill(Strings.Views_FindingWithReference, finding.Message, finding.Reference);
            lines.Add(PrintableText.Escape(finding.Severity + " " + finding.Code + ": " + message));
            if (finding.Remedy.Length > 0)
            {
                lines.Add("  -> " + PrintableText.Escape(finding.Remedy));
            }
        }

        return new ViewText(string.Join("\n", lines));
    }

    /// <summary>A time such as <c>2026-11-21 08:15:00Z</c>, in UTC; the text of a shallow copy unchanged.</summary>
    public static ViewText Time(object? value) => new(ToText(TimeOf(value) ?? value, ", "));

    /// <summary>A day: <c>2026-11-21</c>, in UTC.</summary>
    public static ViewText Day(object? value) => new(
        TimeOf(value) is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value is DateTime local ? local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : ToText(value, ", "));

    /// <summary>A share from 0 to 1 as a percentage, rounded down, so that only all is 100 %.</summary>
    public static ViewText Share(object? value)
    {
        if (value is not double share)
        {
            return Text(value);
        }

        double percent = Math.Floor(Math.Round(share * 1000, 3)) / 10;
        return new ViewText(
            percent.ToString(share is 0 or 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %",
            share >= 0.98 ? ViewTone.Good : share >= 0.9 ? ViewTone.Caution : ViewTone.Bad);
    }

    /// <summary>The terms of an SPF record as a tree: one per line with its cost and what it authorises.</summary>
    public static ViewText SpfTree(object? value) =>
        new(value is IEnumerable items ? SpfTreeText.Write(items.OfType<SpfTermResult>()) : "");

    /// <summary>The steps of a remedy in order, each followed by its reason and its command.</summary>
    public static ViewText Steps(object? value)
    {
        List<string> lines = [];
        foreach (DirectSendStep step in value is IEnumerable items ? items.OfType<DirectSendStep>() : [])
        {
            lines.Add(step.Order.ToString(CultureInfo.InvariantCulture) + ". " + PrintableText.Escape(step.Title));
            lines.Add("   " + PrintableText.Escape(step.Reason));
            lines.AddRange(step.Command.Length == 0 ? [] : Block(step.Command).Text.Split('\n').Select(line => "     PS> " + line));
        }

        return new ViewText(string.Join("\n", lines));
    }

    /// <summary>The findings or, in a shallow copy, their texts.</summary>
    private static IEnumerable<object> FindingsOf(object? value) =>
        value is IEnumerable items and not string ? items.OfType<object>().Where(item => item is Finding or string) : [];

    /// <summary>A time, also from invariant or ISO 8601 text; null for other text and for a local time.</summary>
    private static DateTimeOffset? TimeOf(object? value) => value switch
    {
        DateTimeOffset time => time,
        DateTime { Kind: DateTimeKind.Utc } time => new DateTimeOffset(time),
        string text when DateTimeOffset.TryParseExact(
            text,
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time) => time,
        _ => null,
    };

    private static string Counted(int count, string one, string many) =>
        string.Format(CultureInfo.InvariantCulture, count == 1 ? one : many, count);

    private static string ToText(object? value, string separator) => value switch
    {
        null => "",
        string text => PrintableText.Escape(text),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateTime time => time.ToString(time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(separator, items.Cast<object?>().Select(item => ToText(item, ", "))),
        IFormattable formattable => PrintableText.Escape(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => PrintableText.Escape(value.ToString()),
    };
}
