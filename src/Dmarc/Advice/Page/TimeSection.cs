namespace Dmarc.Advice.Page;

/// <summary>What passed and what did not, over time.</summary>
internal sealed class TimeSection : PageSection
{
    public override string Id => "time";

    public override bool Applies(PageData data) => data.Timeline.Slots.Any(slot => slot.Messages > 0);

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        PageTimeline time = data.Timeline;
        IReadOnlyList<ChartSeries> series =
        [
            new("both", text["BothAligned"]),
            new("dkim", text["DkimOnly"]),
            new("spf", text["SpfOnly"]),
            new("fail", text["Failed"]),
        ];
        ChartItem[] items =
            [.. time.Slots.Select(slot => new ChartItem(slot.Label, [slot.Both, slot.DkimOnly, slot.SpfOnly, slot.Failed]))];
        string caption = text["TimeCaption_" + time.Step];
        html.Raw("<figure><figcaption>").Text(caption).Raw("</figcaption>");
        ColumnChart.Write(html, "chart-time", caption, Describe(text, time), series, items);
        html.Raw("</figure>\n<details><summary>").Text(text["AsTable"]).Raw("</summary>");
        PageTable.WriteBelowChart(
            html,
            caption,
            time.Slots,
            new PageColumn<TimeSlot>(text["Step_" + time.Step], ColumnStyle.Plain, (cell, slot) => cell.Text(slot.Label)),
            new PageColumn<TimeSlot>(text["Messages"], ColumnStyle.Number, (cell, slot) => cell.Number(slot.Messages)),
            new PageColumn<TimeSlot>(
                text["PassedShare"],
                ColumnStyle.Number,
                (cell, slot) => cell.Text(PageText.Share(slot.Passed, slot.Messages))),
            new PageColumn<TimeSlot>(text["BothAligned"], ColumnStyle.Number | ColumnStyle.Minor, (cell, slot) => cell.Number(slot.Both)),
            new PageColumn<TimeSlot>(text["DkimOnly"], ColumnStyle.Number | ColumnStyle.Minor, (cell, slot) => cell.Number(slot.DkimOnly)),
            new PageColumn<TimeSlot>(text["SpfOnly"], ColumnStyle.Number | ColumnStyle.Minor, (cell, slot) => cell.Number(slot.SpfOnly)),
            new PageColumn<TimeSlot>(text["Failed"], ColumnStyle.Number, (cell, slot) => cell.Number(slot.Failed)));
        html.Raw("</details>\n");
        if (time.Outside > 0)
        {
            Paragraph(html, text.Format("TimeOutside", PageText.Number(time.Outside)), "note");
        }
    }

    private static string Describe(PageText text, PageTimeline time)
    {
        TimeSlot[] slots = [.. time.Slots.Where(slot => slot.Messages > 0)];
        TimeSlot most = slots.OrderByDescending(slot => slot.Messages).First();
        TimeSlot worst = slots.OrderBy(slot => (double)slot.Passed / slot.Messages).First();
        return text.Format(
            "TimeDescription",
            time.Slots[0].Label,
            time.Slots[time.Slots.Count - 1].Label,
            most.Label,
            PageText.Number(most.Messages),
            worst.Label,
            PageText.Share(worst.Passed, worst.Messages));
    }
}
