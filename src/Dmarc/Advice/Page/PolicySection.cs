using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The handling of mail that did not pass, and its handling under p=reject.</summary>
internal sealed class PolicySection : PageSection
{
    public override string Id => "policy";

    public override bool Applies(PageData data) => data.Total.Failed > 0;

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        long own = Failed(data, SourceClass.AlignedSender, SourceClass.KnownServiceNotAligned, SourceClass.OwnNetworkMissingFromSpf);
        long forwarded = Failed(data, SourceClass.Forwarder);
        Paragraph(html, text.Format(
            "PolicyLead",
            data.Total.Failed,
            own,
            forwarded,
            Math.Max(0, data.Total.Failed - Saturating.Add(own, forwarded))));
        ReportMeasure[] domains = [.. data.Domains.Where(domain => domain.Failed > 0).OrderByDescending(domain => domain.Failed)];
        IReadOnlyList<ChartSeries> series =
            [new("fail", text["Delivered"]), new("hold", text["Quarantined"]), new("both", text["Rejected"])];
        Bars(html, text, "PolicyCaption", series,
            [.. domains.Take(MaximumBars).Select(domain => new ChartItem(Label(text, data, domain), [Delivered(domain), domain.Quarantined, domain.Rejected]))]);
        new PageTable<ReportMeasure>(text)
            .Column("Domain", (cell, domain) => cell.Domain(domain.Domain ?? "", 60))
            .Column("Policy", (cell, domain) => cell.Text(Policy(text, data, domain)))
            .Number("Failed", domain => domain.Failed)
            .Number("Delivered", Delivered)
            .Number("Quarantined", domain => domain.Quarantined, isMinor: true)
            .Number("Rejected", domain => domain.Rejected, isMinor: true)
            .WriteBelowChart(html, text["PolicyCaption"], domains.Take(MaximumRows));
        new PageTable<SourceGroup>(text)
            .Column("Class", (cell, group) => cell.Text(text["Class_" + group.Kind]))
            .Number("Failed", group => group.Failed)
            .Column("IfReject", (cell, group) => cell.Text(text["IfReject_" + group.Kind]))
            .Write(
                html,
                text["FailedByClass"],
                SourceSection.Kinds.Select(kind => SourceGroup.Of(kind, data)).Where(group => group.Failed > 0));
    }

    private static long Failed(PageData data, params SourceClass[] kinds) =>
        Saturating.Sum(data.Sources.Where(source => kinds.Contains(source.Verdict.Class)), source => source.Evidence.Failed);

    /// <summary>Receivers also block passing mail, so the three numbers need not add up.</summary>
    private static long Delivered(ReportMeasure domain) => Math.Max(0, domain.Failed - Saturating.Add(domain.Quarantined, domain.Rejected));

    private static string Label(PageText text, PageData data, ReportMeasure domain) =>
        HtmlText.Cut(DomainDisplay.Of(domain.Domain), 20) + " (" + Policy(text, data, domain) + ")";

    private static string Policy(PageText text, PageData data, ReportMeasure domain) => data.Policies.Of(domain.Domain)?.Policy switch
    {
        ReportedPolicy.None => "none",
        ReportedPolicy.Quarantine => "quarantine",
        ReportedPolicy.Reject => "reject",
        _ => text["NotKnown"],
    };
}
