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
            PageText.Number(data.Total.Failed),
            PageText.Number(own),
            PageText.Number(forwarded),
            PageText.Number(Math.Max(0, data.Total.Failed - Saturating.Add(own, forwarded)))));
        ReportMeasure[] domains = [.. data.Domains.Where(domain => domain.Failed > 0).OrderByDescending(domain => domain.Failed)];
        IReadOnlyList<ChartSeries> series =
            [new("fail", text["Delivered"]), new("hold", text["Quarantined"]), new("both", text["Rejected"])];
        Bars(html, text, "PolicyCaption", series,
            [.. domains.Take(MaximumBars).Select(domain => new ChartItem(Label(text, data, domain), [Delivered(domain), domain.Quarantined, domain.Rejected]))]);
        PageTable.WriteBelowChart(
            html,
            text["PolicyCaption"],
            domains.Take(MaximumRows),
            new PageColumn<ReportMeasure>(text["Domain"], ColumnStyle.Plain, (cell, domain) => cell.Domain(domain.Domain ?? "", 60)),
            new PageColumn<ReportMeasure>(text["Policy"], ColumnStyle.Plain, (cell, domain) => cell.Text(Policy(text, data, domain))),
            new PageColumn<ReportMeasure>(text["Failed"], ColumnStyle.Number, (cell, domain) => cell.Number(domain.Failed)),
            new PageColumn<ReportMeasure>(text["Delivered"], ColumnStyle.Number, (cell, domain) => cell.Number(Delivered(domain))),
            new PageColumn<ReportMeasure>(
                text["Quarantined"],
                ColumnStyle.Number | ColumnStyle.Minor,
                (cell, domain) => cell.Number(domain.Quarantined)),
            new PageColumn<ReportMeasure>(
                text["Rejected"],
                ColumnStyle.Number | ColumnStyle.Minor,
                (cell, domain) => cell.Number(domain.Rejected)));
        PageTable.Write(
            html,
            text["FailedByClass"],
            SourceSection.Kinds.Select(kind => SourceGroup.Of(kind, data)).Where(group => group.Failed > 0),
            new PageColumn<SourceGroup>(text["Class"], ColumnStyle.Plain, (cell, group) => cell.Text(text["Class_" + group.Kind])),
            new PageColumn<SourceGroup>(text["Failed"], ColumnStyle.Number, (cell, group) => cell.Number(group.Failed)),
            new PageColumn<SourceGroup>(text["IfReject"], ColumnStyle.Plain, (cell, group) => cell.Text(text["IfReject_" + group.Kind])));
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
