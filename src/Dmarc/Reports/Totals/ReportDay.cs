namespace Dmarc.Reports.Totals;

/// <summary>
/// The day of a report. Reports cover a day of the reporter's choice, often from one midnight up to and including the
/// next, sometimes from noon to noon: the UTC day that contains the middle has most of it.
/// </summary>
internal static class ReportDay
{
    /// <summary>The start of the day; null if the report has no readable time.</summary>
    public static DateTime? Of(DateTime? begin, DateTime? end)
    {
        DateTime? middle = (begin, end) switch
        {
            ({ } from, { } to) when to >= from => from.AddTicks((to - from).Ticks / 2),
            _ => begin ?? end,
        };
        return middle?.Date;
    }

    /// <summary>The Monday of the day's week.</summary>
    public static DateTime Week(DateTime day)
    {
        int back = ((int)day.DayOfWeek + 6) % 7;
        return day.Ticks < back * TimeSpan.TicksPerDay ? day : day.AddDays(-back);
    }

    /// <summary>The first day of the day's month.</summary>
    public static DateTime Month(DateTime day) => new(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The day as <c>2026-11-21</c>.</summary>
    public static string DayText(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The week as <c>2026-W47</c> (ISO 8601).</summary>
    public static string WeekText(DateTime day)
    {
        DateTime monday = Week(day);
        DateTime thursday = monday.Ticks > DateTime.MaxValue.Ticks - (3 * TimeSpan.TicksPerDay) ? monday : monday.AddDays(3);
        int week = ((thursday.DayOfYear - 1) / 7) + 1;
        return string.Format(CultureInfo.InvariantCulture, "{0:0000}-W{1:00}", thursday.Year, week);
    }

    /// <summary>The month as <c>2026-11</c>.</summary>
    public static string MonthText(DateTime day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The start of a day written by <see cref="DayText"/>; null for another text.</summary>
    public static DateTime? DayStart(string text) =>
        DateTime.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime day)
            ? day
            : null;

    /// <summary>The start of a week written by <see cref="WeekText"/>; null for another text.</summary>
    public static DateTime? WeekStart(string text) =>
        text.Length == 8 && DayStart(text.Substring(0, 4) + "-01-04") is { } inFirstWeek
            ? Week(inFirstWeek).AddDays(7 * (int.Parse(text.Substring(6), NumberStyles.None, CultureInfo.InvariantCulture) - 1))
            : null;
}
