using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The domains and subdomains in whose name mail was sent.</summary>
internal sealed class DomainSection : PageSection
{
    public override string Id => "domains";

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Bars(html, text, "DomainsCaption", PassSeries(text),
            [.. data.HeaderFroms.Take(MaximumBars).Select(domain => new ChartItem(Name(text, domain), [domain.Passed, domain.Failed]))]);
        new PageTable<ReportMeasure>(text)
            .Column("HeaderFrom", (cell, domain) => cell.Value(Name(text, domain), 60))
            .Number("Messages", domain => domain.Messages)
            .Share("PassedShare", domain => domain.Passed, domain => domain.Evaluated)
            .Share("DkimAligned", domain => domain.DkimAligned, domain => domain.Evaluated, isMinor: true)
            .Share("SpfAligned", domain => domain.SpfAligned, domain => domain.Evaluated, isMinor: true)
            .Number("Stopped", domain => Saturating.Add(domain.Quarantined, domain.Rejected), isMinor: true)
            .WriteBelowChart(html, text["DomainsCaption"], data.HeaderFroms.Take(MaximumRows));
        Rest(html, text, "MoreDomains", data.HeaderFroms);
    }

    private static string Name(PageText text, ReportMeasure domain) =>
        domain.HeaderFrom is { Length: > 0 } name ? DomainDisplay.Of(name) : text["NotKnown"];
}
