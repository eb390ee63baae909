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
        html.Add($"<figure><figcaption>{caption}</figcaption>");
        ColumnChart.Write(html, "chart-time", caption, Describe(text, time), series, items);
        html.Add($"</figure>\n<details><summary>{text["AsTable"]}</summary>");
        new PageTable<TimeSlot>(text)
            .Column("Step_" + time.Step, (cell, slot) => cell.Text(slot.Label))
            .Number("Messages", slot => slot.Messages)
            .Share("PassedShare", slot => slot.Passed, slot => slot.Messages)
            .Number("BothAligned", slot => slot.Both, isMinor: true)
            .Number("DkimOnly", slot => slot.DkimOnly, isMinor: true)
            .Number("SpfOnly", slot => slot.SpfOnly, isMinor: true)
            .Number("Failed", slot => slot.Failed)
            .WriteBelowChart(html, caption, time.Slots);
        html.Raw("</details>\n");
        if (time.Outside > 0)
        {
            Paragraph(html, text.Format("TimeOutside", time.Outside), "note");
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
            most.Messages,
            worst.Label,
            PageText.Share(worst.Passed, worst.Messages));
    }
}
