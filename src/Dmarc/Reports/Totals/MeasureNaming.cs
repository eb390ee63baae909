namespace Dmarc.Reports.Totals;

/// <summary>Sets the properties of a result from the values that name its group.</summary>
internal static class MeasureNaming
{
    private const string Separator = " | ";

    public static ReportMeasure Name(GroupTotals group, RowKey[] keys)
    {
        ReportMeasure measure = group.ToMeasure(
            string.Join(Separator, group.Values.Select(value => value.Length == 0 ? Strings.Summaries_None : value)));
        for (int index = 0; index < keys.Length; index++)
        {
            measure = Set(measure, keys[index].Grouping, group.Values[index]);
        }

        return measure;
    }

    /// <summary>The name of a group in which each value with A-labels is written differently.</summary>
    public static string Separate(string group, Func<string, string> write) => group.IndexOf("xn--", StringComparison.OrdinalIgnoreCase) < 0
        ? group
        : string.Join(Separator, group.Split([Separator], StringSplitOptions.None).Select(part =>
            part.IndexOf("xn--", StringComparison.OrdinalIgnoreCase) < 0 ? part : write(part)));

    private static ReportMeasure Set(ReportMeasure measure, ReportGrouping grouping, string value) => grouping switch
    {
        ReportGrouping.Source => measure with { Source = value },
        ReportGrouping.Network => measure with { Network = value },
        ReportGrouping.Service => measure with { Service = value },
        ReportGrouping.Domain => measure with { Domain = value },
        ReportGrouping.HeaderFrom => measure with { HeaderFrom = value },
        ReportGrouping.Reporter => measure with { Reporter = value },
        ReportGrouping.Day => measure with { Day = value, PeriodStart = Start(measure, ReportDay.DayStart(value)) },
        ReportGrouping.Week => measure with { Week = value, PeriodStart = Start(measure, ReportDay.WeekStart(value)) },
        ReportGrouping.Month => measure with { Month = value, PeriodStart = Start(measure, ReportDay.DayStart(value + "-01")) },
        ReportGrouping.Disposition => measure with { Disposition = value },
        ReportGrouping.Override => measure with { Override = value },
        ReportGrouping.EnvelopeFrom => measure with { EnvelopeFrom = value },
        ReportGrouping.Country => measure with { Country = value },
        ReportGrouping.NetworkOwner => measure with { NetworkOwner = value },
        ReportGrouping.Class => measure with { Class = value },
        _ => measure with { DkimDomain = value },
    };

    // Of a month and a day in it, the day starts later and is more precise.
    private static DateTime? Start(ReportMeasure measure, DateTime? start) =>
        measure.PeriodStart is { } known && (start is null || known > start) ? known : start;
}
