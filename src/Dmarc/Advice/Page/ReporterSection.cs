using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The reporters.</summary>
internal sealed class ReporterSection : PageSection
{
    public override string Id => "reporters";

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Bars(
            html,
            text,
            "ReportersCaption",
            PassSeries(text),
            [.. data.Reporters.Take(MaximumBars).Select(reporter => new ChartItem(Name(text, reporter), [reporter.Passed, reporter.Failed]))]);
        PageTable.WriteBelowChart(
            html,
            text["ReportersCaption"],
            data.Reporters.Take(MaximumRows),
            new PageColumn<ReportMeasure>(text["Reporter"], ColumnStyle.Plain, (cell, reporter) => cell.Value(Name(text, reporter), 60)),
            new PageColumn<ReportMeasure>(text["Reports"], ColumnStyle.Number, (cell, reporter) => cell.Number(reporter.Reports)),
            new PageColumn<ReportMeasure>(text["Messages"], ColumnStyle.Number, (cell, reporter) => cell.Number(reporter.Messages)),
            new PageColumn<ReportMeasure>(
                text["PassedShare"],
                ColumnStyle.Number,
                (cell, reporter) => cell.Text(PageText.Share(reporter.Passed, reporter.Evaluated))),
            new PageColumn<ReportMeasure>(
                text["LastReport"],
                ColumnStyle.Minor,
                (cell, reporter) => cell.Text(reporter.LastSeen is { } time ? PageText.Day(time) : "")));
        if (data.Reporters.Count > MaximumRows)
        {
            Paragraph(
                html,
                text.Format(
                    "MoreReporters",
                    PageText.Number(data.Reporters.Count - MaximumRows),
                    PageText.Number(Saturating.Sum(data.Reporters.Skip(MaximumRows), reporter => reporter.Messages))),
                "note");
        }
    }

    private static string Name(PageText text, ReportMeasure reporter) =>
        reporter.Reporter is { Length: > 0 } name ? name : text["NotKnown"];
}
