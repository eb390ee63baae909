using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>A section of the page.</summary>
internal abstract class PageSection
{
    /// <summary>The name of its anchor and its heading (<c>Heading_…</c>).</summary>
    public abstract string Id { get; }

    /// <summary>True if there is content to show.</summary>
    public virtual bool Applies(PageData data) => data.Total.Messages > 0;

    /// <summary>Writes the content below the heading.</summary>
    public abstract void Write(HtmlText html, PageText text, PageData data);

    /// <summary>The maximum number of rows in a table; the rest is summed.</summary>
    protected const int MaximumRows = 25;

    /// <summary>The maximum number of bars in a chart.</summary>
    protected const int MaximumBars = 8;

    /// <summary>A paragraph, which may contain values.</summary>
    protected static void Paragraph(HtmlText html, string text, string? cssClass = null) => html.Element("p", text, cssClass).Raw("\n");

    /// <summary>The rows that a table leaves out, and their messages.</summary>
    protected static void Rest(HtmlText html, PageText text, string name, IReadOnlyList<ReportMeasure> rows)
    {
        if (rows.Count > MaximumRows)
        {
            long messages = Saturating.Sum(rows.Skip(MaximumRows), row => row.Messages);
            Paragraph(html, text.Format(name, rows.Count - MaximumRows, messages), "note");
        }
    }

    /// <summary>The series of all pass and fail charts.</summary>
    protected static IReadOnlyList<ChartSeries> PassSeries(PageText text) => [new("both", text["Passed"]), new("fail", text["Failed"])];

    /// <summary>A chart as a sentence, for people who cannot see it.</summary>
    protected static string Describe(IReadOnlyList<ChartSeries> series, IEnumerable<ChartItem> items) =>
        string.Join("; ", items.Select(item => HtmlText.Cut(item.Label, 60) + ": " + ColumnChart.Describe(series, item)));

    /// <summary>A bar chart with its heading.</summary>
    protected void Bars(HtmlText html, PageText text, string captionName, IReadOnlyList<ChartSeries> series, IReadOnlyList<ChartItem> items)
    {
        string caption = text[captionName];
        html.Add($"<figure><figcaption>{caption}</figcaption>");
        BarChart.Write(html, "chart-" + Id, caption, Describe(series, items), series, items);
        html.Raw("</figure>\n");
    }
}
