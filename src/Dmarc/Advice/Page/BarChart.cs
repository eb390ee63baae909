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

        html.Raw("<svg class=\"bars\" height=\"").Size(items.Count * RowHeight).Raw("\" role=\"img\" aria-labelledby=\"").Raw(id).Raw("-t ")
            .Raw(id)
                .Raw("-d\"><title id=\"")
                .Raw(id)
                .Raw("-t\">")
                .Text(title)
                .Raw("</title><desc id=\"")
                .Raw(id)
                .Raw("-d\">")
                .Text(description)
                .Raw("</desc>");
        for (int index = 0; index < items.Count; index++)
        {
            Bar(html, series, items[index], index * RowHeight, most);
        }

        html.Raw("</svg>\n");
    }

    private static void Bar(HtmlText html, IReadOnlyList<ChartSeries> series, ChartItem item, int y, long most)
    {
        html.Raw("<g><title>")
            .Text(HtmlText.Cut(item.Label, 400) + ": " + ColumnChart.Describe(series, item))
            .Raw("</title><text class=\"label\" x=\"0\" y=\"")
            .Size(y + 14)
                .Raw("\">")
                .Text(Fit(PrintableText.Escape(item.Label)))
                .Raw("</text><text class=\"amount\" x=\"100%\" y=\"")
                .Size(y + 14)
                .Raw("\">")
            .Number(item.Sum)
                .Raw("</text><rect class=\"track\" x=\"0\" y=\"")
                .Size(y + BarTop)
                .Raw("\" width=\"100%\" height=\"")
                .Size(BarHeight)
                .Raw("\"/>");
        double x = 0;
        for (int part = 0; part < series.Count; part++)
        {
            if (item.Parts[part] > 0)
            {
                double width = 100d * item.Parts[part] / most;
                html.Raw("<rect class=\"")
                    .Raw(series[part].CssClass)
                    .Raw("\" x=\"")
                    .Size(x)
                    .Raw("%\" y=\"")
                    .Size(y + BarTop)
                    .Raw("\" width=\"")
                    .Size(width).Raw("%\" height=\"").Size(BarHeight).Raw("\"/>");
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
