using Dmarc.Reports;

namespace Dmarc.Advice.Page;

/// <summary>A part of a column or bar: its colour, by its class in the style sheet, and its name.</summary>
internal sealed record ChartSeries(string CssClass, string Name);

/// <summary>A column or bar.</summary>
/// <param name="Label">The label.</param>
/// <param name="Parts">The amount of each series.</param>
internal sealed record ChartItem(string Label, IReadOnlyList<long> Parts)
{
    public long Sum => Saturating.Sum(Parts, part => part);
}

/// <summary>
/// Stacked columns. Horizontal positions are in percent and heights in pixels, so that the columns fill any width while
/// the text keeps its size.
/// </summary>
internal static class ColumnChart
{
    private const int Top = 14;
    private const int PlotHeight = 210;
    private const int Bottom = 26;
    private const int MaximumLabels = 12;
    private const int FewLabels = 4;

    public static void Write(
        HtmlText html,
        string id,
        string title,
        string description,
        IReadOnlyList<ChartSeries> series,
        IReadOnlyList<ChartItem> items)
    {
        (double step, int count) = Ticks(items.Max(item => item.Sum));
        double most = step * count;
        Legend(html, series);
        html.Raw("<div class=\"columns\"><svg class=\"axis\" height=\"").Size(Top + PlotHeight + Bottom).Raw("\" aria-hidden=\"true\">");
        for (int tick = 0; tick <= count; tick++)
        {
            html.Raw("<text x=\"36\" y=\"").Size(Y(tick * step / most) + 4).Raw("\">").Raw(PageText.Short(tick * step)).Raw("</text>");
        }

        html.Raw("</svg><svg class=\"plot\" height=\"").Size(Top + PlotHeight + Bottom).Raw("\" role=\"img\" aria-labelledby=\"")
            .Raw(id).Raw("-t ").Raw(id).Raw("-d\"><title id=\"").Raw(id).Raw("-t\">").Text(title).Raw("</title><desc id=\"")
            .Raw(id).Raw("-d\">").Text(description).Raw("</desc>");
        for (int tick = 0; tick <= count; tick++)
        {
            double y = Y(tick * step / most);
            html.Raw(tick == 0 ? "<line class=\"base\"" : "<line")
                .Raw(" x1=\"0\" x2=\"100%\" y1=\"")
                .Size(y)
                .Raw("\" y2=\"")
                .Size(y)
                .Raw("\"/>");
        }

        double slot = 100d / items.Count;
        for (int index = 0; index < items.Count; index++)
        {
            Column(html, series, items[index], index * slot, slot, most);
        }

        Labels(html, items, slot);
        html.Raw("</svg></div>\n");
    }

    public static void Legend(HtmlText html, IReadOnlyList<ChartSeries> series)
    {
        html.Raw("<ul class=\"legend\">");
        foreach (ChartSeries one in series)
        {
            html.Raw("<li><svg aria-hidden=\"true\"><rect class=\"")
                .Raw(one.CssClass)
                .Raw("\" width=\"12\" height=\"12\" rx=\"2\"/></svg>")
                .Text(one.Name)
                .Raw("</li>");
        }

        html.Raw("</ul>");
    }

    /// <summary>The amounts in words: <c>Passed 12, failed 3</c>.</summary>
    public static string Describe(IReadOnlyList<ChartSeries> series, ChartItem item) =>
        string.Join(", ", series.Select((one, index) => one.Name + " " + PageText.Number(item.Parts[index])));

    private static void Column(HtmlText html, IReadOnlyList<ChartSeries> series, ChartItem item, double x, double slot, double most)
    {
        double gap = slot * 0.12;
        html.Raw("<g><title>").Text(item.Label + ": " + Describe(series, item)).Raw("</title>");
        double below = 0;
        for (int part = 0; part < series.Count; part++)
        {
            double amount = item.Parts[part];
            if (amount > 0)
            {
                double top = Y((below + amount) / most);
                html.Raw("<rect class=\"").Raw(series[part].CssClass).Raw("\" x=\"").Size(x + gap).Raw("%\" y=\"").Size(top)
                    .Raw("\" width=\"").Size(slot - (2 * gap)).Raw("%\" height=\"").Size(Math.Max(0.5, Y(below / most) - top)).Raw("\"/>");
                below += amount;
            }
        }

        html.Raw("</g>");
    }

    /// <summary>Labels below some of the columns: at most four on narrow screens.</summary>
    private static void Labels(HtmlText html, IReadOnlyList<ChartItem> items, double slot)
    {
        int every = Math.Max(1, (items.Count + MaximumLabels - 1) / MaximumLabels);
        int shown = (items.Count + every - 1) / every;
        int everyFew = Math.Max(1, (shown + FewLabels - 1) / FewLabels);
        for (int number = 0; number < shown; number++)
        {
            int index = number * every;
            html.Raw(number % everyFew == 0 ? "<text x=\"" : "<text class=\"lo\" x=\"").Size((index + 0.5) * slot).Raw("%\" y=\"")
                .Size(Top + PlotHeight + 18).Raw("\">").Text(items[index].Label).Raw("</text>");
        }
    }

    private static double Y(double share) => Top + (PlotHeight * (1 - share));

    /// <summary>A round step (1, 2, 2.5 or 5 times a power of ten), and the number of steps.</summary>
    private static (double Step, int Count) Ticks(long most)
    {
        double rough = Math.Max(1, most) / 4d;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= rough - 1e-9);
        step = Math.Max(1, step);
        return (step, Math.Max(1, (int)Math.Ceiling((most / step) - 1e-9)));
    }
}
