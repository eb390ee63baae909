using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>How long the columns of the chart over time are.</summary>
internal enum TimeStep
{
    Day,
    Week,
    Month,
}

/// <summary>A column of the chart over time.</summary>
internal sealed class TimeSlot(string label)
{
    public string Label { get; } = label;

    /// <summary>Those of which reports say whether they pass.</summary>
    public long Messages { get; set; }

    public long Both { get; set; }

    public long DkimOnly { get; set; }

    public long SpfOnly { get; set; }

    public long Failed { get; set; }

    public long Passed { get; set; }
}

/// <summary>
/// Messages over time, by day, week or month as the span asks. Reports with made-up dates must not stretch the chart: it
/// shows five years at most, and none that lie ahead.
/// </summary>
/// <param name="Step">How long the columns are.</param>
/// <param name="Slots">The columns without gaps, the earliest first; none if no report has a date.</param>
/// <param name="Outside">
/// The messages without a date, outside the span shown, or of which no report says whether they pass.
/// </param>
internal sealed record PageTimeline(TimeStep Step, IReadOnlyList<TimeSlot> Slots, long Outside)
{
    private const int MaximumDays = 45;
    private const int MaximumWeeks = 27;
    private const int MaximumYears = 5;

    public static PageTimeline Of(IReadOnlyList<ReportMeasure> days, DateTimeOffset now)
    {
        DateTime latest = now.UtcDateTime.Date.AddDays(2);
        List<ReportMeasure> dated = [.. days.Where(day => day.PeriodStart <= latest && day.Evaluated > 0)];
        if (dated.Count == 0)
        {
            return new PageTimeline(TimeStep.Day, [], Messages(days));
        }

        DateTime last = dated.Max(day => day.PeriodStart!.Value);
        DateTime earliest = last.Year > MaximumYears ? last.AddYears(-MaximumYears) : last;
        dated.RemoveAll(day => day.PeriodStart < earliest);
        DateTime first = dated.Min(day => day.PeriodStart!.Value);
        double span = (last - first).TotalDays + 1;
        TimeStep step = span <= MaximumDays ? TimeStep.Day : span <= MaximumWeeks * 7 ? TimeStep.Week : TimeStep.Month;
        List<TimeSlot> slots = [];
        Dictionary<DateTime, TimeSlot> byStart = [];
        for (DateTime start = Start(first, step); start <= last; start = Next(start, step))
        {
            TimeSlot slot = new(step == TimeStep.Month ? ReportDay.MonthText(start) : ReportDay.DayText(start));
            slots.Add(slot);
            byStart.Add(start, slot);
        }

        foreach (ReportMeasure day in dated)
        {
            TimeSlot slot = byStart[Start(day.PeriodStart!.Value, step)];
            slot.Messages = Saturating.Add(slot.Messages, day.Evaluated);
            slot.Both = Saturating.Add(slot.Both, day.BothAligned);
            slot.DkimOnly = Saturating.Add(slot.DkimOnly, day.DkimAligned - day.BothAligned);
            slot.SpfOnly = Saturating.Add(slot.SpfOnly, day.SpfAligned - day.BothAligned);
            slot.Passed = Saturating.Add(slot.Passed, day.Passed);
            slot.Failed = Saturating.Add(slot.Failed, day.Failed);
        }

        return new PageTimeline(step, slots, Messages(days) - Saturating.Sum(dated, day => day.Evaluated));
    }

    private static long Messages(IEnumerable<ReportMeasure> days) => Saturating.Sum(days, day => day.Messages);

    private static DateTime Start(DateTime day, TimeStep step) => step switch
    {
        TimeStep.Day => day.Date,
        TimeStep.Week => ReportDay.Week(day.Date),
        _ => ReportDay.Month(day),
    };

    private static DateTime Next(DateTime start, TimeStep step) => step switch
    {
        TimeStep.Day => start.AddDays(1),
        TimeStep.Week => start.AddDays(7),
        _ => start.AddMonths(1),
    };
}
