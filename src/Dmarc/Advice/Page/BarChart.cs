namespace Dmarc.Advice.Page;

/// <summary>Stacked horizontal bars: the label is above each, so that long ones fit on a phone too.</summary>
internal static class BarChart
{
    private const int RowHeight = 42;
    private const int BarTop = 21;
    private const int BarHeight = 12;
    /// <summary>In pixels: the space on a phone beside the amount.</summary>
    private const int MaximumLabelWidth = 250;

    public static void Write(
        HtmlText html,
        string id,
        string title,
        string description,
        IReadOnlyList<ChartSeries> series,
        IReadOnlyList<ChartItem> items)
    {
        long most = Math.Max(1, items.Max(item => item.Sum));
        if (series.Count > 1)
        {
            ColumnChart.Legend(html, series);
        }

        html.Image("bars", items.Count * RowHeight, id, title, description);
        for (int index = 0; index < items.Count; index++)
        {
            Bar(html, series, items[index], index * RowHeight, most);
        }

        html.Raw("</svg>\n");
    }

    private static void Bar(HtmlText html, IReadOnlyList<ChartSeries> series, ChartItem item, int y, long most)
    {
        html.Add($"<g><title>{HtmlText.Cut(item.Label, 400)}: {ColumnChart.Describe(series, item)}</title>")
            .Add($"<text class=\"label\" x=\"0\" y=\"{y + 14}\">{Fit(PrintableText.Escape(item.Label))}</text>")
            .Add($"<text class=\"amount\" x=\"100%\" y=\"{y + 14}\">{item.Sum}</text>")
            .Add($"<rect class=\"track\" x=\"0\" y=\"{y + BarTop}\" width=\"100%\" height=\"{BarHeight}\"/>");
        double x = 0;
        for (int part = 0; part < series.Count; part++)
        {
            if (item.Parts[part] > 0)
            {
                double width = 100d * item.Parts[part] / most;
                html.Add($"<rect class=\"{series[part].CssClass}\" x=\"{x}%\" y=\"{y + BarTop}\" ")
                    .Add($"width=\"{width}%\" height=\"{BarHeight}\"/>");
                x += width;
            }
        }

        html.Raw("</g>");
    }

    /// <summary>The part of a label that fits, by usual character widths. The table has all of it.</summary>
    private static string Fit(string label)
    {
        double width = 0;
        for (int index = 0; index < label.Length; index++)
        {
            char character = label[index];
            width += character switch
            {
                >= '\u1100' => 14,
                'W' or 'M' or 'm' or 'w' or '@' or '%' => 13.5,
                >= 'A' and <= 'Z' or > '~' => 10,
                'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 4.5,
                _ => 8.3,
            };
            if (width > MaximumLabelWidth)
            {
                return HtmlText.Cut(label, index);
            }
        }

        return label;
    }
}
