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
    private const int Height = Top + PlotHeight + 26;
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
        html.Add($"<div class=\"columns\"><svg class=\"axis\" height=\"{Height}\" aria-hidden=\"true\">");
        for (int tick = 0; tick <= count; tick++)
        {
            html.Add($"<text x=\"36\" y=\"{Y(tick * step / most) + 4}\">{PageText.Short(tick * step)}</text>");
        }

        html.Raw("</svg>").Image("plot", Height, id, title, description);
        for (int tick = 0; tick <= count; tick++)
        {
            double y = Y(tick * step / most);
            html.Raw(tick == 0 ? "<line class=\"base\"" : "<line")
                .Add($" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
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
            html.Add($"<li><svg aria-hidden=\"true\"><rect class=\"{one.CssClass}\" ")
                .Add($"width=\"12\" height=\"12\" rx=\"2\"/></svg>{one.Name}</li>");
        }

        html.Raw("</ul>");
    }

    /// <summary>The amounts in words: <c>Passed 12, failed 3</c>.</summary>
    public static string Describe(IReadOnlyList<ChartSeries> series, ChartItem item) =>
        string.Join(", ", series.Select((one, index) => one.Name + " " + PageText.Number(item.Parts[index])));

    private static void Column(HtmlText html, IReadOnlyList<ChartSeries> series, ChartItem item, double x, double slot, double most)
    {
        double gap = slot * 0.12;
        html.Add($"<g><title>{item.Label}: {Describe(series, item)}</title>");
        double below = 0;
        for (int part = 0; part < series.Count; part++)
        {
            double amount = item.Parts[part];
            if (amount > 0)
            {
                double top = Y((below + amount) / most);
                double height = Math.Max(0.5, Y(below / most) - top);
                html.Add($"<rect class=\"{series[part].CssClass}\" x=\"{x + gap}%\" y=\"{top}\" ")
                    .Add($"width=\"{slot - (2 * gap)}%\" height=\"{height}\"/>");
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
            html.Raw(number % everyFew == 0 ? "<text " : "<text class=\"lo\" ")
                .Add($"x=\"{(index + 0.5) * slot}%\" y=\"{Top + PlotHeight + 18}\">{items[index].Label}</text>");
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
