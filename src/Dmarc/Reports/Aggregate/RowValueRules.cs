using Dmarc.Standards;

namespace Dmarc.Reports.Aggregate;

/// <summary>Checks the individual values of a row against the standard.</summary>
internal static class RowValueRules
{
    public static void Check(AggregateReportRow row, List<Finding> findings)
    {
        if ((row.Flags & RecordFlags.CutOff) != 0)
        {
            findings.Add(ReportFindings.RecordCutOff.Create());
        }

        if ((row.Flags & RecordFlags.ValueShortened) != 0)
        {
            findings.Add(ReportFindings.ValueShortened.Create());
        }

        if ((row.Flags & RecordFlags.EntriesDropped) != 0)
        {
            findings.Add(ReportFindings.EntriesDropped.Create());
        }

        if ((row.Flags & RecordFlags.NameMarks) != 0)
        {
            findings.Add(ReportFindings.NameMarks.Create());
        }

        if (row.CountText is not null)
        {
            findings.Add(ReportFindings.CountInvalid.Create(row.CountText));
        }

        if (!SourceAddress.IsAddress(row.SourceIP))
        {
            findings.Add(ReportFindings.SourceInvalid.Create(row.SourceIP));
        }

        CheckKnown(findings, row.Disposition == ReportedDisposition.Unknown, ReportVocabulary.Disposition, row.DispositionText);
        CheckKnown(findings, row.DkimResult == ReportedOutcome.Unknown, ReportVocabulary.Dkim, row.DkimResultText);
        CheckKnown(findings, row.SpfResult == ReportedOutcome.Unknown, ReportVocabulary.Spf, row.SpfResultText);
        foreach (ReportedDkim signature in row.Dkim)
        {
            CheckKnown(findings, signature.Result == AuthenticationResult.Unknown, "dkim/result", signature.ResultText);
        }

        foreach (ReportedSpf check in row.Spf)
        {
            CheckKnown(findings, check.Result == AuthenticationResult.Unknown, "spf/result", check.ResultText);
            CheckKnown(findings, check.Scope == ReportedSpfScope.Unknown, ReportVocabulary.Scope, check.ScopeText);
        }

        foreach (OverrideReason reason in row.OverrideReasons)
        {
            CheckKnown(findings, reason.Type == OverrideReasonType.Unknown, ReportVocabulary.Reason, reason.TypeText);
        }
    }

    private static void CheckKnown(List<Finding> findings, bool unknown, string element, string text)
    {
        if (unknown)
        {
            findings.Add(
                text.Length == 0
                    ? ReportFindings.ValueMissing.Create(element)
                    : ReportFindings.ValueUnknown.Create(element, text));
        }
    }
}
