using Dmarc.Reports;

namespace Dmarc.Advice.Page;

/// <summary>Encryption in transit to the domains' own mail servers, from TLS reports.</summary>
internal sealed class TlsSection : PageSection
{
    public override string Id => "tls";

    public override bool Applies(PageData data) => data.Tls.Any;

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        TlsDomain[] domains = [.. data.Tls.Domains];
        long failed = Saturating.Sum(domains, domain => domain.Failed);
        long all = Saturating.Add(failed, Saturating.Sum(domains, domain => domain.Successful));
        Paragraph(html, text.Format("TlsLead", all, failed, PageText.Share(failed, all)));
        Bars(html, text, "TlsCaption", [new("both", text["TlsSuccessful"]), new("fail", text["TlsFailed"])],
            [.. domains.Take(MaximumBars).Select(domain => new ChartItem(DomainDisplay.Of(domain.Domain), [domain.Successful, domain.Failed]))]);
        new PageTable<TlsDomain>(text)
            .Column("Domain", (cell, domain) => cell.Domain(domain.Domain, 60))
            .Number("TlsSuccessful", domain => domain.Successful)
            .Number("TlsFailed", domain => domain.Failed)
            .WriteBelowChart(html, text["TlsCaption"], domains.Take(MaximumRows));
        TlsFailure[] failures = [.. data.Tls.Failures.Take(MaximumRows)];
        if (failures.Length > 0)
        {
            new PageTable<TlsFailure>(text)
                .Column("Reason", (cell, failure) => cell.Value(failure.ResultType, 40))
                .Column("Domain", (cell, failure) => cell.Domain(failure.Domain, 60), isMinor: true)
                .Column("Server", (cell, failure) => cell.Value(failure.Server, 60))
                .Number("TlsFailed", failure => failure.Sessions)
                .Write(html, text["TlsFailuresCaption"], failures);
        }
    }
}
