namespace Dmarc.Advice.Page;

/// <summary>The style of a table column.</summary>
[Flags]
internal enum ColumnStyle
{
    Plain = 0,

    /// <summary>Numbers, right-aligned.</summary>
    Number = 1,

    /// <summary>Hidden on narrow screens.</summary>
    Minor = 2,
}

/// <summary>A column of a table on the page.</summary>
internal sealed record PageColumn<T>(string Heading, ColumnStyle Style, Action<HtmlText, T> Write);

/// <summary>Writes accessible tables: with a caption, and a heading for each column and row.</summary>
internal static class PageTable
{
    /// <summary>Writes a table below a chart with the same caption, which is only for screen readers.</summary>
    public static void WriteBelowChart<T>(HtmlText html, string caption, IEnumerable<T> rows, params PageColumn<T>[] columns) =>
        Write(html, caption, " class=\"sr\"", rows, columns);

    public static void Write<T>(HtmlText html, string caption, IEnumerable<T> rows, params PageColumn<T>[] columns) =>
        Write(html, caption, "", rows, columns);

    private static void Write<T>(HtmlText html, string caption, string captionClass, IEnumerable<T> rows, PageColumn<T>[] columns)
    {
        html.Raw("<div class=\"scroll\"><table><caption").Raw(captionClass).Raw(">").Text(caption).Raw("</caption><thead><tr>");
        foreach (PageColumn<T> column in columns)
        {
            html.Raw("<th scope=\"col\"").Raw(Class(column.Style)).Raw(">").Text(column.Heading).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>");
        foreach (T row in rows)
        {
            html.Raw("<tr>");
            for (int index = 0; index < columns.Length; index++)
            {
                html.Raw(index == 0 ? "<th scope=\"row\"" : "<td").Raw(Class(columns[index].Style)).Raw(">");
                columns[index].Write(html, row);
                html.Raw(index == 0 ? "</th>" : "</td>");
            }

            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static string Class(ColumnStyle style) => style switch
    {
        ColumnStyle.Plain => "",
        ColumnStyle.Number => " class=\"num\"",
        ColumnStyle.Minor => " class=\"lo\"",
        _ => " class=\"num lo\"",
    };
}
