using Dmarc.Reports.Totals;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Reports.Totals;

/// <summary>The day, week and month that a report belongs to.</summary>
public class ReportDayTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T23:59:59Z", "2026-01-01")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-01")]
    [InlineData("2026-01-01T17:00:00Z", "2026-01-02T17:00:00Z", "2026-01-02")]
    [InlineData("2026-01-01T07:00:00Z", "2026-01-02T07:00:00Z", "2026-01-01")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-07T23:59:59Z", "2026-01-04")]
    [InlineData("2026-01-01T09:00:00Z", "2025-01-01T09:00:00Z", "2026-01-01")]
    [InlineData("2026-01-01T09:00:00Z", null, "2026-01-01")]
    [InlineData(null, "2026-01-01T09:00:00Z", "2026-01-01")]
    [InlineData(null, null, null)]
    public void The_day_holds_the_middle(string? begin, string? end, string? expected)
    {
        DateTime? day = ReportDay.Of(Time(begin), Time(end));

        Assert.Equal(expected, day is { } known ? ReportDay.DayText(known) : null);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-W01", "2025-12-29")]
    [InlineData("2025-12-29", "2026-W01", "2025-12-29")]
    [InlineData("2025-12-28", "2025-W52", "2025-12-22")]
    [InlineData("2027-01-01", "2026-W53", "2026-12-28")]
    [InlineData("2027-01-03", "2026-W53", "2026-12-28")]
    [InlineData("2027-01-04", "2027-W01", "2027-01-04")]
    [InlineData("2024-12-30", "2025-W01", "2024-12-30")]
    public void ISO_8601_weeks(string day, string week, string monday)
    {
        DateTime start = ReportDay.DayStart(day)!.Value;

        Assert.Equal(week, ReportDay.WeekText(start));
        Assert.Equal(monday, ReportDay.DayText(ReportDay.Week(start)));
        Assert.Equal(ReportDay.Week(start), ReportDay.WeekStart(week));
    }

    [Fact]
    public void The_ends_of_time_have_weeks_too()
    {
        Assert.NotEmpty(ReportDay.WeekText(DateTime.MinValue));
        Assert.NotEmpty(ReportDay.WeekText(DateTime.MaxValue));
    }
}
