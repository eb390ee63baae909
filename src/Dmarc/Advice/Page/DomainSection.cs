using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The domains and subdomains in whose name mail was sent.</summary>
internal sealed class DomainSection : PageSection
{
    public override string Id => "domains";

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Bars(
            html,
            text,
            "DomainsCaption",
            PassSeries(text),
            [.. data.HeaderFroms.Take(MaximumBars).Select(domain => new ChartItem(Name(text, domain), [domain.Passed, domain.Failed]))]);
        PageTable.WriteBelowChart(
            html,
            text["DomainsCaption"],
            data.HeaderFroms.Take(MaximumRows),
            new PageColumn<ReportMeasure>(text["HeaderFrom"], ColumnStyle.Plain, (cell, domain) => cell.Value(Name(text, domain), 60)),
            new PageColumn<ReportMeasure>(text["Messages"], ColumnStyle.Number, (cell, domain) => cell.Number(domain.Messages)),
            new PageColumn<ReportMeasure>(
                text["PassedShare"],
                ColumnStyle.Number,
                (cell, domain) => cell.Text(PageText.Share(domain.Passed, domain.Evaluated))),
            new PageColumn<ReportMeasure>(
                text["DkimAligned"],
                ColumnStyle.Number | ColumnStyle.Minor,
                (cell, domain) => cell.Text(PageText.Share(domain.DkimAligned, domain.Evaluated))),
            new PageColumn<ReportMeasure>(
                text["SpfAligned"],
                ColumnStyle.Number | ColumnStyle.Minor,
                (cell, domain) => cell.Text(PageText.Share(domain.SpfAligned, domain.Evaluated))),
            new PageColumn<ReportMeasure>(
                text["Stopped"],
                ColumnStyle.Number | ColumnStyle.Minor,
                (cell, domain) => cell.Number(Saturating.Add(domain.Quarantined, domain.Rejected))));
        if (data.HeaderFroms.Count > MaximumRows)
        {
            Paragraph(
                html,
                text.Format(
                    "MoreDomains",
                    PageText.Number(data.HeaderFroms.Count - MaximumRows),
                    PageText.Number(Saturating.Sum(data.HeaderFroms.Skip(MaximumRows), domain => domain.Messages))),
                "note");
        }
    }

    private static string Name(PageText text, ReportMeasure domain) =>
        domain.HeaderFrom is { Length: > 0 } name ? DomainDisplay.Of(name) : text["NotKnown"];
}
