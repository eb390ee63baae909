using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>Holds what a report says about itself against the standard.</summary>
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

        CheckPresent(findings, report.PolicyText, ReportVocabulary.P);
        CheckTime(findings, report.Begin, report.BeginText, ReportVocabulary.Begin);
        CheckTime(findings, report.End, report.EndText, ReportVocabulary.End);
        if (report.Begin > report.End)
        {
            findings.Add(ReportFindings.TimeReversed.Create(report.BeginText, report.EndText));
        }

        CheckKnown(findings, report.Policy == ReportedPolicy.Unknown, ReportVocabulary.P, report.PolicyText);
        CheckKnown(findings, report.SubdomainPolicy == ReportedPolicy.Unknown, ReportVocabulary.Sp, report.SubdomainPolicyText);
        CheckKnown(findings, report.NonexistentSubdomainPolicy == ReportedPolicy.Unknown, ReportVocabulary.Np, report.NonexistentSubdomainPolicyText);
        CheckKnown(findings, report.DkimAlignmentMode == ReportedAlignmentMode.Unknown, ReportVocabulary.Adkim, report.DkimAlignmentModeText);
        CheckKnown(findings, report.SpfAlignmentMode == ReportedAlignmentMode.Unknown, ReportVocabulary.Aspf, report.SpfAlignmentModeText);
        CheckKnown(findings, report.Percentage is null && report.PercentageText.Length > 0, ReportVocabulary.Pct, report.PercentageText);
        CheckKnown(findings, report.Testing is null && report.TestingText.Length > 0, ReportVocabulary.Testing, report.TestingText);
        CheckKnown(findings, report.DiscoveryMethod == ReportedDiscoveryMethod.Unknown, ReportVocabulary.DiscoveryMethod, report.DiscoveryMethodText);
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
        if (time is null)
        {
            findings.Add(ReportFindings.TimeInvalid.Create(element, text));
        }
        else if (ReportValueParser.IsFinerThanSeconds(text))
        {
            findings.Add(ReportFindings.TimeUnit.Create(element, text));
        }
    }

    private static void CheckKnown(List<Finding> findings, bool unknown, string element, string text)
    {
        if (unknown)
        {
            findings.Add(ReportFindings.ValueUnknown.Create(element, text));
        }
    }
}
