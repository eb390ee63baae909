using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;

namespace Dmarc.Advice.Page;

/// <summary>The next steps for each domain: the advice of Get-DmarcRollout as far as reports alone allow.</summary>
internal sealed class AdviceSection : PageSection
{
    private const int MaximumDomains = 6;
    private const int MaximumReasons = 6;

    public override string Id => "advice";

    public override bool Applies(PageData data) => data.Advice.Count > 0;

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        Paragraph(html, text["AdviceLead"]);
        foreach (RolloutResult advice in data.Advice.Take(MaximumDomains))
        {
            Domain(html, text, advice);
        }

        if (data.Advice.Count > MaximumDomains)
        {
            Paragraph(html, text.Format("AdviceMore", data.Advice.Count - MaximumDomains), "note");
        }
    }

    private static void Domain(HtmlText html, PageText text, RolloutResult advice)
    {
        bool isBlocked = advice.Verdict is RolloutVerdict.FixSources or RolloutVerdict.FixRecord;
        html.Raw(isBlocked ? "<article class=\"advice blocked\"><h3>" : "<article class=\"advice\"><h3>")
            .Domain(advice.Domain, 60)
            .Add($"</h3><p><strong>{text["Verdict_" + advice.Verdict]}</strong></p><dl>");
        if (advice.Stage is { } stage)
        {
            string name = advice.RecommendedDays > 0 ? "StageDays" : "StageDaysOnly";
            int days = advice.DaysAtStage ?? 0;
            Fact(html, text["Stage"], text.Format(name, stage.ToTags(), days, advice.RecommendedDays ?? 0));
        }

        if (advice.NextStage is { } next && next != advice.Stage)
        {
            Fact(html, text["NextStage"], next.ToTags());
        }

        if (advice.ImpactStage is { } stricter)
        {
            Fact(html, text.Format("Impact", stricter.ToTags()), text.Format(
                "ImpactOf",
                advice.ImpactMessages ?? 0,
                advice.ImpactOwnMessages ?? 0,
                advice.ImpactForwardedMessages ?? 0));
        }

        html.Raw("</dl>");
        Reasons(html, text, advice);
        html.Raw("</article>\n");
    }

    private static void Fact(HtmlText html, string name, string value) => html.Element("dt", name).Element("dd", value);

    private static void Reasons(HtmlText html, PageText text, RolloutResult advice)
    {
        Finding[] reasons =
            [.. advice.Findings.Where(finding => finding.Code != RolloutFindings.PolicyFromReports.Code).OrderByDescending(finding => finding.Severity)];
        if (reasons.Length > 0)
        {
            html.Raw("<ul class=\"plain\">");
            foreach (Finding reason in reasons.Take(MaximumReasons))
            {
                html.Add($"<li>{HtmlText.Cut(reason.Message, 400)}");
                if (reason.Remedy.Length > 0)
                {
                    html.Add($"<span class=\"note\">→ {HtmlText.Cut(reason.Remedy, 500)}</span>");
                }

                html.Raw("</li>");
            }

            html.Raw("</ul>");
        }

        if (advice.Verdict is not RolloutVerdict.Complete and not RolloutVerdict.Unknown)
        {
            string command = "Import-DmarcReport reports | Get-DmarcRollout -Domain " + advice.Domain;
            html.Add($"<p class=\"note\">{text["AdviceRecord"]} <code>{command}</code></p>");
        }
    }
}
