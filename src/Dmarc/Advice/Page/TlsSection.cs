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
        Paragraph(html, text.Format("TlsLead", PageText.Number(all), PageText.Number(failed), PageText.Share(failed, all)));
        Bars(html, text, "TlsCaption", [new("both", text["TlsSuccessful"]), new("fail", text["TlsFailed"])],
            [.. domains.Take(MaximumBars).Select(domain => new ChartItem(DomainDisplay.Of(domain.Domain), [domain.Successful, domain.Failed]))]);
        PageTable.WriteBelowChart(
            html,
            text["TlsCaption"],
            domains.Take(MaximumRows),
            new PageColumn<TlsDomain>(text["Domain"], ColumnStyle.Plain, (cell, domain) => cell.Domain(domain.Domain, 60)),
            new PageColumn<TlsDomain>(text["TlsSuccessful"], ColumnStyle.Number, (cell, domain) => cell.Number(domain.Successful)),
            new PageColumn<TlsDomain>(text["TlsFailed"], ColumnStyle.Number, (cell, domain) => cell.Number(domain.Failed)));
        TlsFailure[] failures = [.. data.Tls.Failures.Take(MaximumRows)];
        if (failures.Length > 0)
        {
            PageTable.Write(
                html,
                text["TlsFailuresCaption"],
                failures,
                new PageColumn<TlsFailure>(text["Reason"], ColumnStyle.Plain, (cell, failure) => cell.Value(failure.ResultType, 40)),
                new PageColumn<TlsFailure>(text["Domain"], ColumnStyle.Minor, (cell, failure) => cell.Domain(failure.Domain, 60)),
                new PageColumn<TlsFailure>(text["Server"], ColumnStyle.Plain, (cell, failure) => cell.Value(failure.Server, 60)),
                new PageColumn<TlsFailure>(text["TlsFailed"], ColumnStyle.Number, (cell, failure) => cell.Number(failure.Sessions)));
        }
    }
}
