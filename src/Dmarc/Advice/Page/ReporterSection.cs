using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The reporters.</summary>
internal sealed class ReporterSection : PageSection
{
    public override string Id => "reporters";

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Bars(html, text, "ReportersCaption", PassSeries(text),
            [.. data.Reporters.Take(MaximumBars).Select(reporter => new ChartItem(Name(text, reporter), [reporter.Passed, reporter.Failed]))]);
        new PageTable<ReportMeasure>(text)
            .Column("Reporter", (cell, reporter) => cell.Value(Name(text, reporter), 60))
            .Number("Reports", reporter => reporter.Reports)
            .Number("Messages", reporter => reporter.Messages)
            .Share("PassedShare", reporter => reporter.Passed, reporter => reporter.Evaluated)
            .Column(
                "LastReport",
                (cell, reporter) => cell.Text(reporter.LastSeen is { } time ? PageText.Day(time) : ""),
                isMinor: true)
            .WriteBelowChart(html, text["ReportersCaption"], data.Reporters.Take(MaximumRows));
        Rest(html, text, "MoreReporters", data.Reporters);
    }

    private static string Name(PageText text, ReportMeasure reporter) =>
        reporter.Reporter is { Length: > 0 } name ? name : text["NotKnown"];
}
