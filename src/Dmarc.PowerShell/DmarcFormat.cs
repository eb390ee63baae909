using System.Management.Automation;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// What <c>Dmarc.format.ps1xml</c> calls for a cell: the text of <c>Dmarc.Views.ViewValues</c>, coloured as
/// <c>$PSStyle</c> says. Not meant for scripts.
/// </summary>
public static class DmarcFormat
{
    /// <summary>Any value: text escaped, times in UTC, collections joined by a comma.</summary>
    public static string Text(object? value) => Colour(ViewValues.Text(Unwrap(value)));

    /// <summary>A collection with an item a line.</summary>
    public static string Lines(object? value) => Colour(ViewValues.Lines(Unwrap(value)));

    /// <summary>A text of several lines, such as a header.</summary>
    public static string Block(object? value) => Colour(ViewValues.Block(Unwrap(value)));

    /// <summary>Any value, as something of little interest.</summary>
    public static string Faint(object? value) => Colour(ViewValues.Faint(Unwrap(value)));

    /// <summary>A DMARC policy.</summary>
    public static string Policy(object? value) => Colour(ViewValues.Policy(Unwrap(value)));

    /// <summary>The policy of a DMARC record that was searched for, or what the search came to.</summary>
    public static string DmarcOutcome(object? value) => Colour(ViewValues.DmarcOutcome(Unwrap(value)));

    /// <summary>A status.</summary>
    public static string Status(object? value) => Colour(ViewValues.Status(Unwrap(value)));

    /// <summary>What a source of mail is.</summary>
    public static string SourceClass(object? value) => Colour(ViewValues.SourceClass(Unwrap(value)));

    /// <summary>A truth that is good news.</summary>
    public static string Passed(object? value) => Colour(ViewValues.Passed(Unwrap(value)));

    /// <summary>A result of a check.</summary>
    public static string Outcome(object? value) => Colour(ViewValues.Outcome(Unwrap(value)));

    /// <summary>What SPF or the signatures of a message come to.</summary>
    public static string Identifier(object? value) => Colour(ViewValues.Identifier(Unwrap(value)));

    /// <summary>A severity.</summary>
    public static string Severity(object? value) => Colour(ViewValues.Severity(Unwrap(value)));

    /// <summary>How many errors and warnings there are among findings.</summary>
    public static string FindingCount(object? value) => Colour(ViewValues.FindingCount(Unwrap(value)));

    /// <summary>Findings, a line each.</summary>
    public static string Findings(object? value) => Colour(ViewValues.Findings(Unwrap(value)));

    /// <summary>The grade of a domain.</summary>
    public static string Grade(object? value) => Colour(ViewValues.Grade(Unwrap(value)));

    /// <summary>A day in UTC.</summary>
    public static string Day(object? value) => Colour(ViewValues.Day(Unwrap(value)));

    /// <summary>What to do next in a roll-out.</summary>
    public static string Verdict(object? value) => Colour(ViewValues.Verdict(Unwrap(value)));

    /// <summary>A share as a percentage.</summary>
    public static string Share(object? value) => Colour(ViewValues.Share(Unwrap(value)));

    /// <summary>The terms of an SPF record as a tree.</summary>
    public static string SpfTree(object? value) => Colour(ViewValues.SpfTree(Unwrap(value)));

    /// <summary>A verdict about Direct Send, or about who uses it.</summary>
    public static string Exposure(object? value) => Colour(ViewValues.Exposure(Unwrap(value)));

    /// <summary>The steps of a remedy, in order.</summary>
    public static string Steps(object? value) => Colour(ViewValues.Steps(Unwrap(value)));

    /// <summary>Commands, a line each.</summary>
    public static string Code(object? value) => Colour(ViewValues.Code(Unwrap(value)));

    /// <summary>What kind of report an object is of, where several stand in one table.</summary>
    public static string ReportKind(object? value) => Colour(ViewValues.ReportKind(Item(value)));

    /// <summary>The day that a row or report of any kind begins with.</summary>
    public static string ReportDay(object? value) => Colour(ViewValues.ReportDay(Item(value)));

    /// <summary>Who reports, of any kind of report.</summary>
    public static string Reporter(object? value) => Colour(ViewValues.Reporter(Item(value)));

    /// <summary>The domain that a row or report of any kind is about.</summary>
    public static string ReportDomain(object? value) => Colour(ViewValues.ReportDomain(Item(value)));

    /// <summary>The address that sent, of any kind of report.</summary>
    public static string ReportSource(object? value) => Colour(ViewValues.ReportSource(Item(value)));

    /// <summary>How many messages or sessions passed or failed, of any kind of report.</summary>
    public static string ReportResult(object? value) => Colour(ViewValues.ReportResult(Item(value)));

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

    private static object? Unwrap(object? value) =>
        value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Colour(ViewText text) => text.Tone == ViewTone.Plain || text.Text.Length == 0
        ? text.Text
        : HostStyle.Apply(text.Text, text.Tone);
}
