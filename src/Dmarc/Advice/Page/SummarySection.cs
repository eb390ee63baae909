using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>The key figures.</summary>
internal sealed class SummarySection : PageSection
{
    public override string Id => "glance";

    public override bool Applies(PageData data) => data.Total.Messages > 0 || data.FailureReports > 0;

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        ReportMeasure total = data.Total;
        if (total.Messages == 0)
        {
            html.Raw("<dl class=\"cards\">");
            FailureReports(html, text, data);
            html.Raw("</dl>\n");
            return;
        }

        if (total.Evaluated > 0)
        {
            string share = PageText.Share(total.Passed, total.Evaluated);
            Paragraph(html, text.Format("SummaryLead", share, total.Evaluated, total.Failed));
        }

        if (total.Unevaluated > 0)
        {
            Paragraph(html, text.Format("SummaryUnevaluated", total.Unevaluated, total.Messages));
        }

        html.Raw("<dl class=\"cards\">");
        Card(html, text["Messages"], PageText.Number(total.Messages), text.Format("InRows", total.Rows));
        Card(html, text["PassedDmarc"], PageText.Share(total.Passed, total.Evaluated), PageText.Number(total.Passed));
        Card(html, text["DkimAligned"], PageText.Share(total.DkimAligned, total.Evaluated), PageText.Number(total.DkimAligned));
        Card(html, text["SpfAligned"], PageText.Share(total.SpfAligned, total.Evaluated), PageText.Number(total.SpfAligned));
        Card(
            html,
            text["Stopped"],
            PageText.Number(Saturating.Add(total.Quarantined, total.Rejected)),
            text.Format("StoppedOf", total.Quarantined, total.Rejected));
        Card(html, text["Sources"], PageText.Number(total.Sources), text.Format("InDomains", data.HeaderFroms.Count));
        if (data.FailureReports > 0)
        {
            FailureReports(html, text, data);
        }

        html.Raw("</dl>\n");
    }

    private static void FailureReports(HtmlText html, PageText text, PageData data) =>
        Card(html, text["FailureReports"], PageText.Number(data.FailureReports), text["FailureReportsNote"]);

    private static void Card(HtmlText html, string name, string figure, string more) =>
        html.Raw("<div>").Element("dt", name).Element("dd", figure).Element("dd", more, "more").Raw("</div>");
}
