using Dmarc.Standards;

namespace Dmarc.Reports.Aggregate;

/// <summary>Checks the individual values of a row against the standard.</summary>
internal static class RowValueRules
{
    /// <summary>The finding about each problem while the record was read.</summary>
    public static readonly (RecordFlags Flag, FindingDescriptor Finding)[] Flags =
    [
        (RecordFlags.CutOff, ReportFindings.RecordCutOff),
        (RecordFlags.ValueShortened, ReportFindings.ValueShortened),
        (RecordFlags.EntriesDropped, ReportFindings.EntriesDropped),
        (RecordFlags.NameMarks, ReportFindings.NameMarks),
    ];

    public static void Check(AggregateReportRow row, List<Finding> findings)
    {
        foreach ((RecordFlags flag, FindingDescriptor finding) in Flags)
        {
            if ((row.Flags & flag) != 0)
            {
                findings.Add(finding.Create());
            }
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
