using Dmarc.Reports;

namespace Dmarc.Advice.Page;

/// <summary>The origins of mail: by service, network owner and country, as far as known.</summary>
internal sealed class OriginSection : PageSection
{
    public override string Id => "origins";

    public override bool Applies(PageData data) =>
        base.Applies(data) && data.Sources.Any(source => source.Service.Length > 0 || source.Owner.Length > 0 || source.Country.Length > 0);

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Table(html, text, data, "ServicesCaption", "Service", source => source.Service);
        Table(html, text, data, "OwnersCaption", "NetworkOwner", source => source.Owner);
        Table(html, text, data, "CountriesCaption", "Country", source => source.Country);
        if (data.RestMessages > 0)
        {
            Paragraph(html, text.Format("MoreSources", data.RestMessages), "note");
        }
    }

    private static void Table(HtmlText html, PageText text, PageData data, string caption, string heading, Func<PageSource, string> name)
    {
        Origin[] origins = Origin.Group(data.Sources, name);
        if (!Array.Exists(origins, origin => origin.Name.Length > 0))
        {
            return;
        }

        new PageTable<Origin>(text)
            .Column(heading, (cell, origin) => cell.Value(origin.Name.Length > 0 ? origin.Name : text["NotKnown"], 60))
            .Number("Sources", origin => origin.Sources, isMinor: true)
            .Number("Messages", origin => origin.Messages)
            .Share("PassedShare", origin => origin.Passed, origin => origin.Evaluated)
            .Write(html, text[caption], origins.Take(MaximumRows));
        if (origins.Length > MaximumRows)
        {
            long messages = Saturating.Sum(origins.Skip(MaximumRows), origin => origin.Messages);
            Paragraph(html, text.Format("MoreSources", messages), "note");
        }
    }

    /// <summary>The totals of the sources of one service, owner or country.</summary>
    private sealed record Origin(string Name, int Sources, long Messages, long Passed, long Evaluated)
    {
        /// <summary>All origins, ordered by messages.</summary>
        public static Origin[] Group(IReadOnlyList<PageSource> sources, Func<PageSource, string> name) =>
        [
            .. sources
                .GroupBy(name, StringComparer.OrdinalIgnoreCase)
                .Select(group => new Origin(
                    group.Key,
                    group.Select(source => source.Evidence.Source).Distinct(StringComparer.Ordinal).Count(),
                    Saturating.Sum(group, source => source.Evidence.Messages),
                    Saturating.Sum(group, source => source.Evidence.Passed),
                    Saturating.Sum(group, source => source.Evidence.Evaluated)))
                .OrderByDescending(origin => origin.Messages)
                .ThenBy(origin => origin.Name, StringComparer.Ordinal),
        ];
    }
}
