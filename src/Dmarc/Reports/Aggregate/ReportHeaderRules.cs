namespace Dmarc.Reports.Aggregate;

/// <summary>Checks the report's own data against the standard.</summary>
internal static class ReportHeaderRules
{
    public static PrintableList<Finding> Check(AggregateReport report)
    {
        List<Finding> findings = [];
        CheckPresent(findings, report.OrganizationNameIsFromEmail ? "" : report.OrganizationName, ReportVocabulary.OrgName);
        CheckPresent(findings, report.ReportId, ReportVocabulary.ReportId);
        if (report.Domain.Length == 0)
        {
            findings.Add(ReportFindings.DomainMissing.Create());
        }

        if (report.HasNameMarks)
        {
            findings.Add(ReportFindings.NameMarks.Create());
        }

        CheckPresent(findings, report.WrittenPolicy.Text, ReportVocabulary.P);
        CheckTime(findings, report.Begin, report.WrittenBegin.Text, ReportVocabulary.Begin);
        CheckTime(findings, report.End, report.WrittenEnd.Text, ReportVocabulary.End);
        if (report.Begin > report.End)
        {
            findings.Add(ReportFindings.TimeReversed.Create(report.WrittenBegin.Text, report.WrittenEnd.Text));
        }

        CheckKnown(findings, ReportVocabulary.P, report.PolicyText);
        CheckKnown(findings, ReportVocabulary.Sp, report.SubdomainPolicyText);
        CheckKnown(findings, ReportVocabulary.Np, report.NonexistentSubdomainPolicyText);
        CheckKnown(findings, ReportVocabulary.Adkim, report.DkimAlignmentModeText);
        CheckKnown(findings, ReportVocabulary.Aspf, report.SpfAlignmentModeText);
        CheckKnown(findings, ReportVocabulary.Pct, report.PercentageText);
        CheckKnown(findings, ReportVocabulary.Testing, report.TestingText);
        CheckKnown(findings, ReportVocabulary.DiscoveryMethod, report.DiscoveryMethodText);
        foreach (string error in report.ReportErrors)
        {
            findings.Add(ReportFindings.ReporterError.Create(error));
        }

        return findings.ToPrintableList();
    }

    private static void CheckPresent(List<Finding> findings, string value, string element)
    {
        if (value.Length == 0)
        {
            findings.Add(ReportFindings.ValueMissing.Create(element));
        }
    }

    private static void CheckTime(List<Finding> findings, DateTime? time, string text, string element)
    {
        if (text.Length == 0)
        {
            findings.Add(ReportFindings.TimeMissing.Create(element));
        }
        else if (time is null)
        {
            findings.Add(ReportFindings.TimeInvalid.Create(element, text));
        }
        else if (ReportValueParser.IsFinerThanSeconds(text))
        {
            findings.Add(ReportFindings.TimeUnit.Create(element, text));
        }
    }

    private static void CheckKnown(List<Finding> findings, string element, string otherText)
    {
        if (otherText.Length > 0)
        {
            findings.Add(ReportFindings.ValueUnknown.Create(element, otherText));
        }
    }
}
