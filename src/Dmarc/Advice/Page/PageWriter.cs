using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Page;

/// <summary>Writes the page: one self-contained file without scripts and requests.</summary>
internal static class PageWriter
{
    private const int MaximumDomainsInTitle = 3;

    private static readonly PageSection[] Sections =
    [
        new SummarySection(),
        new TimeSection(),
        new AdviceSection(),
        new SourceSection(),
        new OriginSection(),
        new PolicySection(),
        new DomainSection(),
        new ReporterSection(),
        new OverrideSection(),
        new TlsSection(),
    ];

    /// <summary>The page.</summary>
    public static string Write(PageAccumulator rows, PageOptions options)
    {
        // The texts of source classes and advice are read from the resources while they are made.
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(options.Language);
        try
        {
            return Write(rows.ToData(new SourceKnowledge(options.Sources, options.NetworkTable)), options);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Write(PageData data, PageOptions options)
    {
        PageText text = new(options.Language);
        HtmlText html = new();
        string title = options.Title is { Length: > 0 } given ? given : DefaultTitle(text, data);
        PageSection[] sections = [.. Sections.Where(section => section.Applies(data))];
        html.Raw("<!DOCTYPE html>\n<html lang=\"")
            .Raw(text.Language)
            .Raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
            .Raw(PageStyle.Policy).Raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
                .Text(HtmlText.Cut(title, 200))
                .Raw("</title>\n<style>")
                .Raw(PageStyle.Sheet)
                .Raw("</style>\n</head>\n<body>\n");
        html.Raw("<a class=\"skip\" href=\"#content\">").Text(text["Skip"]).Raw("</a>\n<header>\n<h1>").Value(title, 120).Raw("</h1>\n");
        html.Element("p", Facts(text, data), "meta").Raw("\n</header>\n");
        if (sections.Length > 1)
        {
            html.Raw("<nav aria-label=\"").Text(text["Contents"]).Raw("\"><ul>");
            foreach (PageSection section in sections)
            {
                html.Raw("<li><a href=\"#").Raw(section.Id).Raw("\">").Text(text["Heading_" + section.Id]).Raw("</a></li>");
            }

            html.Raw("</ul></nav>\n");
        }

        html.Raw("<main id=\"content\">\n");
        if (sections.Length == 0)
        {
            html.Element("p", text["Empty"]).Raw("\n");
        }

        foreach (PageSection section in sections)
        {
            html.Raw("<section aria-labelledby=\"")
                .Raw(section.Id)
                .Raw("\">\n<h2 id=\"")
                .Raw(section.Id)
                .Raw("\">")
                .Text(text["Heading_" + section.Id])
                .Raw("</h2>\n");
            section.Write(html, text, data);
            html.Raw("</section>\n");
        }

        html.Raw("</main>\n<footer>")
            .Element("p", text.Format("Footer", PageText.Day(options.Clock.UtcNow.UtcDateTime)), "note")
            .Raw("</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string DefaultTitle(PageText text, PageData data)
    {
        string[] domains =
        [
            .. data.Domains
                .Where(domain => domain.Domain is { Length: > 0 })
                .Take(MaximumDomainsInTitle + 1)
                .Select(domain => HtmlText.Cut(DomainDisplay.Of(domain.Domain), 60)),
        ];
        return domains.Length == 0 ? text["Title"]
            : domains.Length <= MaximumDomainsInTitle ? text.Format("TitleOf", Sentences.List(domains))
            : text.Format(
                "TitleOfMany",
                Sentences.List(domains.Take(MaximumDomainsInTitle - 1)),
                PageText.Number(data.Domains.Count - MaximumDomainsInTitle + 1));
    }

    private static string Facts(PageText text, PageData data)
    {
        if (data.Total.Rows == 0)
        {
            return text["NoRows"];
        }

        string counts = text.Format("Facts", PageText.Number(data.Total.Reports), PageText.Number(data.Reporters.Count));
        return data.Total.FirstSeen is { } first && data.Total.LastSeen is { } last
            ? text.Format("FactsWithTime", PageText.Day(first), PageText.Day(last), counts)
            : counts;
    }
}
