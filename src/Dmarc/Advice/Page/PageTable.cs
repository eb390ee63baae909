namespace Dmarc.Advice.Page;

/// <summary>An accessible table: with a caption, and a heading for each column and row.</summary>
internal sealed class PageTable<T>(PageText text)
{
    private readonly List<(string Name, string CssClass, Action<HtmlText, T> Write)> _columns = [];

    /// <summary>Adds a column.</summary>
    /// <param name="name">The name of the heading in the texts.</param>
    /// <param name="write">Writes the content of a cell.</param>
    /// <param name="isMinor">True to hide it on narrow screens.</param>
    public PageTable<T> Column(string name, Action<HtmlText, T> write, bool isMinor = false) =>
        Add(name, isMinor ? " class=\"lo\"" : "", write);

    /// <summary>Adds a right-aligned column of numbers.</summary>
    public PageTable<T> Number(string name, Func<T, long> number, bool isMinor = false) =>
        Add(name, NumberClass(isMinor), (cell, row) => cell.Number(number(row)));

    /// <summary>Adds a right-aligned column of percentages.</summary>
    public PageTable<T> Share(string name, Func<T, long> part, Func<T, long> whole, bool isMinor = false) =>
        Add(name, NumberClass(isMinor), (cell, row) => cell.Text(PageText.Share(part(row), whole(row))));

    /// <summary>Writes the table below a chart with the same caption, which is only for screen readers.</summary>
    public void WriteBelowChart(HtmlText html, string caption, IEnumerable<T> rows) =>
        Write(html, caption, rows, " class=\"sr\"");

    public void Write(HtmlText html, string caption, IEnumerable<T> rows) => Write(html, caption, rows, "");

    private PageTable<T> Add(string name, string cssClass, Action<HtmlText, T> write)
    {
        _columns.Add((name, cssClass, write));
        return this;
    }

    private static string NumberClass(bool isMinor) => isMinor ? " class=\"num lo\"" : " class=\"num\"";

    private void Write(HtmlText html, string caption, IEnumerable<T> rows, string captionClass)
    {
        html.Raw("<div class=\"scroll\"><table><caption").Raw(captionClass).Add($">{caption}</caption><thead><tr>");
        foreach ((string name, string cssClass, _) in _columns)
        {
            html.Raw("<th scope=\"col\"").Raw(cssClass).Add($">{text[name]}</th>");
        }

        html.Raw("</tr></thead><tbody>");
        foreach (T row in rows)
        {
            html.Raw("<tr>");
            for (int index = 0; index < _columns.Count; index++)
            {
                html.Raw(index == 0 ? "<th scope=\"row\"" : "<td").Raw(_columns[index].CssClass).Raw(">");
                _columns[index].Write(html, row);
                html.Raw(index == 0 ? "</th>" : "</td>");
            }

            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
    }
}
