using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>Why receivers overrode the published policy.</summary>
internal sealed class OverrideSection : PageSection
{
    public override string Id => "overrides";

    public override bool Applies(PageData data) => data.Total.Overrides.Count > 0;

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        string share = PageText.Share(data.Total.Overridden, data.Total.Messages);
        Paragraph(html, text.Format("OverridesLead", data.Total.Overridden, share));
        Bars(html, text, "OverridesCaption", [new ChartSeries("other", text["Messages"])],
            [.. data.Total.Overrides.Select(count => new ChartItem(text["Override_" + count.Reason], [count.Messages]))]);
        new PageTable<OverrideCount>(text)
            .Column("Reason", (cell, count) => cell.Text(text["Override_" + count.Reason]))
            .Number("Messages", count => count.Messages)
            .Column("Meaning", (cell, count) => cell.Text(text["OverrideHelp_" + count.Reason]))
            .WriteBelowChart(html, text["OverridesCaption"], data.Total.Overrides);
    }
}
