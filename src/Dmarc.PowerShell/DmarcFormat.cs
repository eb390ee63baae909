using System.Collections;
using System.Management.Automation;
using Dmarc.Dns;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// What <c>Dmarc.format.ps1xml</c> calls for a cell: the text of <c>Dmarc.Views.ViewValues</c>, coloured as
/// <c>$PSStyle</c> says. Not meant for scripts.
/// </summary>
public static class DmarcFormat
{
    /// <summary>Any value: text escaped, times in UTC, collections joined by a comma; states in their colour.</summary>
    public static string Text(object? value) => HostStyle.Apply(ViewValues.Text(Unwrap(value)));

    /// <summary>Any value, without colour.</summary>
    public static string Plain(object? value) => HostStyle.Apply(ViewValues.Plain(Unwrap(value)));

    /// <summary>A domain as people read it, with its A-labels beside.</summary>
    public static string Domain(object? value) => HostStyle.Apply(ViewValues.Domain(Unwrap(value)));

    /// <summary>A mail address, its domain as people read it.</summary>
    public static string Address(object? value) => HostStyle.Apply(ViewValues.Address(Unwrap(value)));

    /// <summary>The values that name a group of rows, the domains among them as people read them.</summary>
    public static string Group(object? value) => HostStyle.Apply(ViewValues.Group(Unwrap(value)));

    /// <summary>A collection with an item a line.</summary>
    public static string Lines(object? value) => HostStyle.Apply(ViewValues.Lines(Unwrap(value)));

    /// <summary>A text of several lines, such as a header or a command.</summary>
    public static string Block(object? value) => HostStyle.Apply(ViewValues.Block(Unwrap(value)));

    /// <summary>The name of a status or result.</summary>
    public static string State(object? value) => HostStyle.Apply(ViewValues.State(Unwrap(value)));

    /// <summary>How something ended; for a look-up that failed, how it failed. Also of a copy from another session.</summary>
    /// <param name="owner">The object that has the status.</param>
    /// <param name="status">The property with the status.</param>
    /// <param name="part">The property with the failure, or with the part or the parts that have it; empty if it is that of the object.</param>
    public static string Status(object? owner, string status, string part) => HostStyle.Apply(ViewValues.Status(
        ValueOf(owner, status)?.ToString(),
        FailureOf(part.Length == 0 ? owner : ValueOf(owner, part))));

    /// <summary>What a source of mail is.</summary>
    public static string SourceClass(object? value) => HostStyle.Apply(ViewValues.SourceClass(Unwrap(value)));

    /// <summary>A Boolean for which true is good.</summary>
    public static string Passed(object? value) => HostStyle.Apply(ViewValues.Passed(Unwrap(value)));

    /// <summary>A result of a check that may be unknown.</summary>
    public static string Outcome(object? value) => HostStyle.Apply(ViewValues.Outcome(Unwrap(value)));

    /// <summary>The policy of a DMARC record that was searched for, or how the search ended.</summary>
    public static string DmarcOutcome(object? value) => HostStyle.Apply(ViewValues.DmarcOutcome(Unwrap(value)));

    /// <summary>What SPF or the signatures of a message come to.</summary>
    public static string Identifier(object? value) => HostStyle.Apply(ViewValues.Identifier(Unwrap(value)));

    /// <summary>How many errors and warnings there are among findings.</summary>
    public static string FindingCount(object? value) => HostStyle.Apply(ViewValues.FindingCount(Unwrap(value)));

    /// <summary>Findings, a line each.</summary>
    public static string Findings(object? value) => HostStyle.Apply(ViewValues.Findings(Unwrap(value)));

    /// <summary>A day in UTC.</summary>
    public static string Day(object? value) => HostStyle.Apply(ViewValues.Day(Unwrap(value)));

    /// <summary>A share as a percentage.</summary>
    public static string Share(object? value) => HostStyle.Apply(ViewValues.Share(Unwrap(value)));

    /// <summary>The terms of an SPF record as a tree.</summary>
    public static string SpfTree(object? value) => HostStyle.Apply(ViewValues.SpfTree(Unwrap(value)));

    /// <summary>The steps of a remedy, in order.</summary>
    public static string Steps(object? value) => HostStyle.Apply(ViewValues.Steps(Unwrap(value)));

    /// <summary>What kind of report an object is of, where several stand in one table.</summary>
    public static string ReportKind(object? value) => HostStyle.Apply(ViewValues.ReportKind(Item(value)));

    /// <summary>The day that a row or report of any kind begins with.</summary>
    public static string ReportDay(object? value) => HostStyle.Apply(ViewValues.ReportDay(Item(value)));

    /// <summary>Who reports, of any kind of report.</summary>
    public static string Reporter(object? value) => HostStyle.Apply(ViewValues.Reporter(Item(value)));

    /// <summary>The domain that a row or report of any kind is about.</summary>
    public static string ReportDomain(object? value) => HostStyle.Apply(ViewValues.ReportDomain(Item(value)));

    /// <summary>The address that sent, of any kind of report.</summary>
    public static string ReportSource(object? value) => HostStyle.Apply(ViewValues.ReportSource(Item(value)));

    /// <summary>How many messages or sessions passed or failed, of any kind of report.</summary>
    public static string ReportResult(object? value) => HostStyle.Apply(ViewValues.ReportResult(Item(value)));

    /// <summary>A row or report, or what a copy of one from another session shows.</summary>
    private static object? Item(object? value)
    {
        const string Copy = "Deserialized.Dmarc.";
        return value is PSObject { BaseObject: PSCustomObject } item
            ? item.TypeNames
                .Where(name => name.StartsWith(Copy, StringComparison.Ordinal))
                .Select(name => ReportItemText.Of(name.Substring(name.LastIndexOf('.') + 1), path => Follow(item, path)))
                .FirstOrDefault(text => text is not null)
            : Unwrap(value);
    }

    private static object? Follow(PSObject item, string path)
    {
        object? value = item;
        foreach (string name in path.Split('.'))
        {
            value = (value as PSObject)?.Properties[name]?.Value;
        }

        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }

    /// <summary>The value of a property: of a copy, an enum is a number that knows its name.</summary>
    private static object? ValueOf(object? owner, string property) =>
        owner is null ? null : PSObject.AsPSObject(owner).Properties[property]?.Value;

    /// <summary>How a look-up failed, of an object or of the first one in a list that has a failure.</summary>
    private static DnsFailure? FailureOf(object? part) => Unwrap(part) is IEnumerable and not string
        ? LanguagePrimitives.GetEnumerable(part)!.Cast<object?>().Select(FailureOf).FirstOrDefault(failure => failure is not null)
        : Enum.TryParse((ValueOf(part, nameof(DnsFailure)) ?? part)?.ToString(), out DnsFailure failure) ? failure
        : null;

    private static object? Unwrap(object? value) =>
        value is PSObject wrapped ? wrapped.BaseObject : value;
}
