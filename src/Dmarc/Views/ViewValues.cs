using System.Collections;
using System.Globalization;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Messages;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Views;

/// <summary>
/// How a property of a result object reads in a table or list. <c>Dmarc.format.ps1xml</c> calls these by name, in
/// PowerShell through <c>[Dmarc.PowerShell.DmarcFormat]</c> and on the console directly, so each takes one value and
/// copes with whatever it is.
/// </summary>
internal static class ViewValues
{
    /// <summary>Any value: text escaped, times in UTC, collections joined by a comma.</summary>
    public static ViewText Text(object? value) => new(ToText(value, ", "), ViewTone.Plain);

    /// <summary>A collection with an item a line.</summary>
    public static ViewText Lines(object? value) => new(ToText(value, "\n"), ViewTone.Plain);

    /// <summary>A text of several lines, such as a header.</summary>
    public static ViewText Block(object? value) => value is string text
        ? new(string.Join("\n", text.Split('\n').Select(line => PrintableText.Escape(line.TrimEnd('\r')))), ViewTone.Plain)
        : Lines(value);

    /// <summary>Any value, as something of little interest.</summary>
    public static ViewText Faint(object? value) => new(ToText(value, ", "), ViewTone.Faint);

    /// <summary>A policy: <c>reject</c> protects, <c>none</c> does not.</summary>
    public static ViewText Policy(object? value) => new(
        ToText(value, ", "),
        value switch
        {
            DmarcPolicy.Reject => ViewTone.Good,
            DmarcPolicy.Quarantine => ViewTone.Caution,
            DmarcPolicy.None => ViewTone.Bad,
            _ => ViewTone.Plain,
        });

    /// <summary>What receivers apply by a DMARC record that was searched for; if none applies, what the search came to.</summary>
    public static ViewText DmarcOutcome(object? value) => value is not DmarcRecordResult dmarc ? Text(value)
        : dmarc.EffectivePolicy is { } policy ? Policy(policy)
        : Status(dmarc.Status);

    /// <summary>A status: <c>Found</c> and the like are good, an absence deserves a look, a failure is bad.</summary>
    public static ViewText Status(object? value)
    {
        string text = ToText(value, ", ");
        ViewTone tone = text switch
        {
            "" or "NotChecked" => ViewTone.Plain,
            "Found" or "Inherited" or "NoError" or "Ok" or "Pass" or "Valid" or "Authorized" or "NotRequired" or "Ready" or "Complete" or "Validated" or "Declined" or "Resolved" => ViewTone.Good,
            "NotFound" or "DomainNotFound" or "None" or "NoRecord" or "NoData" or "NxDomain" or "Neutral" or "SoftFail" or "Revoked" or "Unknown" or "Unsigned" or "Incomplete" or "NotPublic" or "NoReports" => ViewTone.Caution,
            _ => ViewTone.Bad,
        };
        return new ViewText(text, tone);
    }

    /// <summary>What a source of mail is, or else how its look-ups ended: what aligns is good, what can be mended deserves a look.</summary>
    public static ViewText SourceClass(object? value)
    {
        string text = ToText(value, ", ");
        return text switch
        {
            nameof(Advice.Sources.SourceClass.AlignedSender) => new ViewText(text, ViewTone.Good),
            nameof(Advice.Sources.SourceClass.Forwarder) => new ViewText(text, ViewTone.Plain),
            nameof(Advice.Sources.SourceClass.KnownServiceNotAligned) or nameof(Advice.Sources.SourceClass.OwnNetworkMissingFromSpf) => new ViewText(text, ViewTone.Caution),
            nameof(Advice.Sources.SourceClass.Unknown) => new ViewText(text, ViewTone.Bad),
            _ => Status(value),
        };
    }

    /// <summary>A truth that is good news.</summary>
    public static ViewText Passed(object? value) => new(
        ToText(value, ", "),
        value switch
        {
            true => ViewTone.Good,
            false => ViewTone.Bad,
            _ => ViewTone.Plain,
        });

    /// <summary>What kind of report an object is of, where several stand in one table.</summary>
    public static ViewText ReportKind(object? value) => Text(ReportItemText.Of(value)?.Kind);

    /// <summary>The day that a row or report of any kind begins with.</summary>
    public static ViewText ReportDay(object? value) => Day(ReportItemText.Of(value)?.Begin);

    /// <summary>Who reports, of any kind of report.</summary>
    public static ViewText Reporter(object? value) => Text(ReportItemText.Of(value)?.Reporter);

    /// <summary>The domain that a row or report of any kind is about.</summary>
    public static ViewText ReportDomain(object? value) => Text(ReportItemText.Of(value)?.Domain);

    /// <summary>The address that sent, of any kind of report.</summary>
    public static ViewText ReportSource(object? value) => Text(ReportItemText.Of(value)?.Source);

    /// <summary>How many messages or sessions passed or failed, of any kind of report.</summary>
    public static ViewText ReportResult(object? value) => ReportItemText.Of(value)?.Result ?? new ViewText("", ViewTone.Plain);

    /// <summary>A result of a check; one that is not known is said to be so.</summary>
    public static ViewText Outcome(object? value)
    {
        string text = value is null ? Strings.Views_Unknown : ToText(value, ", ");
        return new ViewText(text, text switch
        {
            "Pass" or "NotApplicable" => ViewTone.Good,
            "Unknown" or "None" or "Neutral" or "SoftFail" => ViewTone.Caution,
            _ => ViewTone.Bad,
        });
    }

    /// <summary>What SPF or the signatures of a message come to: <c>Pass</c> only where it counts for the author.</summary>
    public static ViewText Identifier(object? value)
    {
        (IdentifierResult? Result, bool? Aligned)[] found = value switch
        {
            SpfAlignmentResult spf => [(spf.Result, spf.Aligned)],
            IEnumerable items => [.. items.OfType<DkimAlignmentResult>().Select(signature => (signature.Result, signature.Aligned))],
            _ => [],
        };
        return found.Length == 0 ? new ViewText(nameof(IdentifierResult.None), ViewTone.Caution)
            : Array.Exists(found, one => one.Aligned == true) ? new ViewText(nameof(IdentifierResult.Pass), ViewTone.Good)
            : Array.Exists(found, one => one is { Result: IdentifierResult.Pass, Aligned: false }) ? new ViewText(Strings.Views_Unaligned, ViewTone.Bad)
            : Outcome(found[0].Result);
    }

    /// <summary>A severity.</summary>
    public static ViewText Severity(object? value) => new(ToText(value, ", "), ToneOf(value as Severity?));

    /// <summary>How many findings there are of the worst severity: <c>2 errors</c>, or else <c>1 warning</c>; nothing else counts.</summary>
    public static ViewText FindingCount(object? value)
    {
        int errors = 0;
        int warnings = 0;
        foreach (Finding finding in FindingsOf(value))
        {
            errors += finding.Severity == Dmarc.Text.Severity.Error ? 1 : 0;
            warnings += finding.Severity == Dmarc.Text.Severity.Warning ? 1 : 0;
        }

        return errors > 0 ? new ViewText(Counted(errors, Strings.Views_Error, Strings.Views_Errors), ViewTone.Bad)
            : warnings > 0 ? new ViewText(Counted(warnings, Strings.Views_Warning, Strings.Views_Warnings), ViewTone.Caution)
            : new ViewText("", ViewTone.Plain);
    }

    /// <summary>The findings, a line each, with what to do.</summary>
    public static ViewText Findings(object? value)
    {
        List<string> lines = [];
        Severity? worst = null;
        foreach (Finding finding in FindingsOf(value))
        {
            worst = worst is null || finding.Severity > worst ? finding.Severity : worst;
            string reference = finding.Reference.Length == 0 ? "" : " (" + finding.Reference + ")";
            lines.Add(PrintableText.Escape(finding.Severity + " " + finding.Code + ": " + finding.Message + reference));
            if (finding.Remedy.Length > 0)
            {
                lines.Add("  -> " + PrintableText.Escape(finding.Remedy));
            }
        }

        return new ViewText(string.Join("\n", lines), ToneOf(worst));
    }

    /// <summary>The grade of a domain.</summary>
    public static ViewText Grade(object? value) => new(
        ToText(value, ", "),
        value switch
        {
            MailDomainGrade.A or MailDomainGrade.B => ViewTone.Good,
            MailDomainGrade.C or MailDomainGrade.D => ViewTone.Caution,
            MailDomainGrade.E or MailDomainGrade.F => ViewTone.Bad,
            _ => ViewTone.Plain,
        });

    /// <summary>A day: <c>2026-11-21</c>, in UTC.</summary>
    public static ViewText Day(object? value) => new(
        value switch
        {
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => ToText(value, ", "),
        },
        ViewTone.Plain);

    /// <summary>What to do next in a roll-out: to go on is good, to mend something is bad.</summary>
    public static ViewText Verdict(object? value) => new(
        ToText(value, ", "),
        value switch
        {
            RolloutVerdict.Advance or RolloutVerdict.Complete => ViewTone.Good,
            RolloutVerdict.FixSources or RolloutVerdict.FixRecord or RolloutVerdict.StartReporting => ViewTone.Bad,
            RolloutVerdict => ViewTone.Caution,
            _ => ViewTone.Plain,
        });

    /// <summary>A share from 0 to 1 as a percentage, rounded down, so that only all is 100 %; the more, the better.</summary>
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

    /// <summary>The terms of an SPF record as a tree: a line each with its cost and what it authorises.</summary>
    public static ViewText SpfTree(object? value) =>
        new(value is IEnumerable items ? SpfTreeText.Write(items.OfType<SpfTermResult>()) : "", ViewTone.Plain);

    /// <summary>A verdict about Direct Send, or about who uses it.</summary>
    public static ViewText Exposure(object? value) => DirectSendText.Exposure(value);

    /// <summary>The steps of a remedy, in order, each with why and what to run.</summary>
    public static ViewText Steps(object? value) => DirectSendText.Steps(value);

    /// <summary>Commands, a line each.</summary>
    public static ViewText Code(object? value) => DirectSendText.Code(value);

    private static IEnumerable<Finding> FindingsOf(object? value) =>
        value is IEnumerable items ? items.OfType<Finding>() : [];

    private static ViewTone ToneOf(Severity? severity) => severity switch
    {
        Dmarc.Text.Severity.Error => ViewTone.Bad,
        Dmarc.Text.Severity.Warning => ViewTone.Caution,
        _ => ViewTone.Plain,
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
