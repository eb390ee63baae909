using System.Collections;
using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// Called by <c>Dmarc.format.ps1xml</c> for each cell: returns the text of <c>Dmarc.Views.ViewValues</c> in the colours
/// of <c>$PSStyle</c>. Not intended for scripts.
/// </summary>
public static class DmarcFormat
{
    /// <summary>Any value: text escaped, times in UTC, collections joined by commas; states in their colour.</summary>
    public static string Text(PSObject? value) => HostStyle.Apply(ViewValues.Text(CopiedObject.Restore(value)));

    /// <summary>Any value, without colour.</summary>
    public static string Plain(PSObject? value) => HostStyle.Apply(ViewValues.Plain(CopiedObject.Restore(value)));

    /// <summary>A domain in readable form, followed by its A-labels.</summary>
    public static string Domain(PSObject? value) => HostStyle.Apply(ViewValues.Domain(CopiedObject.Restore(value)));

    /// <summary>A mail address with its domain in readable form.</summary>
    public static string Address(PSObject? value) => HostStyle.Apply(ViewValues.Address(CopiedObject.Restore(value)));

    /// <summary>The values that name a group of rows, with domains in readable form.</summary>
    public static string Group(PSObject? value) => HostStyle.Apply(ViewValues.Group(CopiedObject.Restore(value)));

    /// <summary>A collection with one item per line.</summary>
    public static string Lines(PSObject? value) => HostStyle.Apply(ViewValues.Lines(CopiedObject.Restore(value)));

    /// <summary>A text of several lines, such as a header or a command.</summary>
    public static string Block(PSObject? value) => HostStyle.Apply(ViewValues.Block(CopiedObject.Restore(value)));

    /// <summary>The name of a status or result.</summary>
    public static string State(PSObject? value) => HostStyle.Apply(ViewValues.State(CopiedObject.Restore(value)));

    /// <summary>A status; for a failed look-up, the failure. Also for deserialised copies.</summary>
    /// <param name="owner">The object that has the status.</param>
    /// <param name="status">The property with the status.</param>
    /// <param name="part">The property with the failure, or its part or parts; empty for the object.</param>
    public static string Status(object? owner, string status, string part) => HostStyle.Apply(ViewValues.Status(
        ValueOf(owner, status)?.ToString(),
        FailureOf(part.Length == 0 ? owner : ValueOf(owner, part))));

    /// <summary>The class of a mail source.</summary>
    public static string SourceClass(PSObject? value) => HostStyle.Apply(ViewValues.SourceClass(CopiedObject.Restore(value)));

    /// <summary>A Boolean for which true is good.</summary>
    public static string Passed(PSObject? value) => HostStyle.Apply(ViewValues.Passed(CopiedObject.Restore(value)));

    /// <summary>A result of a check that may be unknown.</summary>
    public static string Outcome(PSObject? value) => HostStyle.Apply(ViewValues.Outcome(CopiedObject.Restore(value)));

    /// <summary>The policy of a DMARC record, or the status of the search for it.</summary>
    /// <param name="value">The audited domain.</param>
    public static string DmarcOutcome(PSObject? value) => HostStyle.Apply(ViewValues.DmarcOutcome(
        ValueOf(value, nameof(MailDomainResult.DmarcPolicy)) is { } policy ? CopiedObject.Restore(PSObject.AsPSObject(policy)) : null,
        ValueOf(value, nameof(MailDomainResult.DmarcStatus))?.ToString(),
        FailureOf(ValueOf(value, nameof(MailDomainResult.Dmarc))) ?? FailureOf(value)));

    /// <summary>The result of SPF or the signatures of a message.</summary>
    public static string Identifier(PSObject? value) => HostStyle.Apply(ViewValues.Identifier(CopiedObject.Restore(value)));

    /// <summary>The number of errors and warnings among findings.</summary>
    public static string FindingCount(PSObject? value) => HostStyle.Apply(ViewValues.FindingCount(CopiedObject.Restore(value)));

    /// <summary>
    /// A cell cut to the width of its column; cut text loses its colour. A domain with two forms keeps its A-labels,
    /// because DNS looks up these.
    /// </summary>
    /// <param name="text">The text of the cell.</param>
    /// <param name="width">The width of the column.</param>
    public static string Cut(string? text, int width)
    {
        string plain = HostStyle.Strip(text ?? "");
        return TextWidth.Of(plain) <= width ? text ?? "" : TextWidth.Cut(DomainDisplay.WithoutUnicode(plain), width);
    }

    /// <summary>Findings, one per line.</summary>
    public static string Findings(PSObject? value) => HostStyle.Apply(ViewValues.Findings(CopiedObject.Restore(value)));

    /// <summary>A time in UTC.</summary>
    public static string Time(PSObject? value) => HostStyle.Apply(ViewValues.Time(CopiedObject.Restore(value)));

    /// <summary>A day in UTC.</summary>
    public static string Day(PSObject? value) => HostStyle.Apply(ViewValues.Day(CopiedObject.Restore(value)));

    /// <summary>A share as a percentage.</summary>
    public static string Share(PSObject? value) => HostStyle.Apply(ViewValues.Share(CopiedObject.Restore(value)));

    /// <summary>The terms of an SPF record as a tree.</summary>
    public static string SpfTree(PSObject? value) => HostStyle.Apply(ViewValues.SpfTree(CopiedObject.Restore(value)));

    /// <summary>The steps of a remedy, in order.</summary>
    public static string Steps(PSObject? value) => HostStyle.Apply(ViewValues.Steps(CopiedObject.Restore(value)));

    /// <summary>The kind of report, for a mixed table.</summary>
    public static string ReportKind(PSObject? value) => HostStyle.Apply(ViewValues.ReportKind(CopiedObject.Restore(value)));

    /// <summary>The first day of a row or report of any kind.</summary>
    public static string ReportDay(PSObject? value) => HostStyle.Apply(ViewValues.ReportDay(CopiedObject.Restore(value)));

    /// <summary>The reporter, for any kind of report.</summary>
    public static string Reporter(PSObject? value) => HostStyle.Apply(ViewValues.Reporter(CopiedObject.Restore(value)));

    /// <summary>The domain of a row or report of any kind.</summary>
    public static string ReportDomain(PSObject? value) => HostStyle.Apply(ViewValues.ReportDomain(CopiedObject.Restore(value)));

    /// <summary>The sending address, for any kind of report.</summary>
    public static string ReportSource(PSObject? value) => HostStyle.Apply(ViewValues.ReportSource(CopiedObject.Restore(value)));

    /// <summary>How many messages or sessions passed or failed, for any kind of report.</summary>
    public static string ReportResult(PSObject? value) => HostStyle.Apply(ViewValues.ReportResult(CopiedObject.Restore(value)));

    /// <summary>The value of a property; in a copy, an enum is a number that knows its name.</summary>
    private static object? ValueOf(object? owner, string property) =>
        owner is null ? null : PSObject.AsPSObject(owner).Properties[property]?.Value;

    /// <summary>The failure of an object, or the first failure in a list of objects.</summary>
    private static DnsFailure? FailureOf(object? part) => PropertyFacts.Unwrap(part) is IEnumerable and not string
        ? LanguagePrimitives.GetEnumerable(part)!.Cast<object?>().Select(FailureOf).FirstOrDefault(failure => failure is not null)
        : Enum.TryParse((ValueOf(part, nameof(DnsFailure)) ?? part)?.ToString(), out DnsFailure failure) ? failure
        : null;
}
