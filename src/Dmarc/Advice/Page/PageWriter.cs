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
        html.Add($"<!DOCTYPE html>\n<html lang=\"{text.Language}\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").Raw(PageStyle.Policy).Raw("\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Add($"<link rel=\"icon\" href=\"data:,\">\n<title>{HtmlText.Cut(title, 200)}</title>\n<style>")
            .Raw(PageStyle.Sheet)
            .Add($"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">{text["Skip"]}</a>\n<header>\n<h1>")
            .Value(title, 120)
            .Add($"</h1>\n<p class=\"meta\">{Facts(text, data)}</p>\n</header>\n");
        if (sections.Length > 1)
        {
            html.Add($"<nav aria-label=\"{text["Contents"]}\"><ul>");
            foreach (PageSection section in sections)
            {
                html.Add($"<li><a href=\"#{section.Id}\">{text["Heading_" + section.Id]}</a></li>");
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
            html.Add($"<section aria-labelledby=\"{section.Id}\">\n")
                .Add($"<h2 id=\"{section.Id}\">{text["Heading_" + section.Id]}</h2>\n");
            section.Write(html, text, data);
            html.Raw("</section>\n");
        }

        string footer = text.Format("Footer", PageText.Day(options.Clock.UtcNow.UtcDateTime));
        html.Add($"</main>\n<footer><p class=\"note\">{footer}</p></footer>\n</body>\n</html>\n");
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
                data.Domains.Count - MaximumDomainsInTitle + 1);
    }

    private static string Facts(PageText text, PageData data)
    {
        if (data.Total.Rows == 0)
        {
            return text["NoRows"];
        }

        string counts = text.Format("Facts", data.Total.Reports, data.Reporters.Count);
        return data.Total.FirstSeen is { } first && data.Total.LastSeen is { } last
            ? text.Format("FactsWithTime", PageText.Day(first), PageText.Day(last), counts)
            : counts;
    }
}
