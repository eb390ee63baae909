using Dmarc.Standards;

namespace Dmarc.Reports.Aggregate;

/// <summary>The computed results of a row.</summary>
internal sealed record RowEvaluation(bool? Passed, bool? DkimAligned, bool? SpfAligned, PrintableList<Finding> Findings);

/// <summary>
/// Evaluates a row from its single results (RFC 9989 §4.4 and §5.3.4) and reports differences from the receiver's
/// result. Organizational Domains come from an offline source: a receiver that walked the tree may have others.
/// </summary>
internal static class RowEvaluator
{
    private enum Alignment
    {
        None,
        OnlyRelaxed,
        Aligned,
    }

    public static RowEvaluation Evaluate(AggregateReportRow row)
    {
        List<Finding> findings = [];
        RowValueRules.Check(row, findings);
        if (!DomainName.TryParse(row.HeaderFrom, out DomainName? from))
        {
            findings.Add(ReportFindings.HeaderFromInvalid.Create(row.HeaderFrom));
            CheckPolicy(row, findings);
            return new RowEvaluation(null, null, null, findings.ToPrintableList());
        }

        bool dkim = CheckDkim(row, from, findings);
        bool spf = CheckSpf(row, from, findings);
        CheckPolicy(row, findings);
        return new RowEvaluation(dkim || spf, dkim, spf, findings.ToPrintableList());
    }

    private static bool CheckDkim(AggregateReportRow row, DomainName from, List<Finding> findings)
    {
        bool strict = row.DkimAlignmentMode == ReportedAlignmentMode.Strict;
        Alignment best = Alignment.None;
        ReportedDkim? passing = null;
        foreach (ReportedDkim signature in row.Dkim)
        {
            if (signature.Result == AuthenticationResult.Pass)
            {
                Alignment alignment = Align(signature.Domain, from, strict, row.Report.OrganizationalDomains);
                if (passing is null || alignment > best)
                {
                    passing = signature;
                    best = alignment;
                }
            }
        }

        bool aligned = best == Alignment.Aligned;
        if (row.DkimResult == ReportedOutcome.Fail)
        {
            if (aligned)
            {
                findings.Add(ReportFindings.DkimFailDespitePass.Create(passing!.Domain, row.HeaderFrom));
            }
            else if (passing is not null)
            {
                findings.Add(best == Alignment.OnlyRelaxed
                    ? ReportFindings.DkimStrict.Create(passing.Domain, row.HeaderFrom)
                    : ReportFindings.DkimOtherDomain.Create(passing.Domain, row.HeaderFrom));
            }
        }
        else if (row.DkimResult == ReportedOutcome.Pass && !aligned)
        {
            findings.Add(ReportFindings.DkimPassDespiteNone.Create(
                row.HeaderFrom,
                Explain(passing?.Domain, best, row.Dkim.Count, Strings.Reports_NoSignature)));
        }

        return aligned;
    }

    private static bool CheckSpf(AggregateReportRow row, DomainName from, List<Finding> findings)
    {
        bool strict = row.SpfAlignmentMode == ReportedAlignmentMode.Strict;
        Alignment best = Alignment.None;
        ReportedSpf? passing = null;
        foreach (ReportedSpf check in row.Spf)
        {
            if (check.Result == AuthenticationResult.Pass && IsMailFrom(check, row))
            {
                Alignment alignment = Align(check.Domain, from, strict, row.Report.OrganizationalDomains);
                if (passing is null || alignment > best)
                {
                    passing = check;
                    best = alignment;
                }
            }
        }

        bool aligned = best == Alignment.Aligned;
        if (row.SpfResult == ReportedOutcome.Fail)
        {
            if (aligned)
            {
                findings.Add(ReportFindings.SpfFailDespitePass.Create(passing!.Domain, row.HeaderFrom));
            }
            else if (passing is not null)
            {
                findings.Add(best == Alignment.OnlyRelaxed
                    ? ReportFindings.SpfStrict.Create(passing.Domain, row.HeaderFrom)
                    : ReportFindings.SpfOtherDomain.Create(passing.Domain, row.HeaderFrom));
            }

            if (row.DkimAligned == true && !aligned)
            {
                findings.Add(ReportFindings.Forwarded.Create(row.SourceIP));
            }
        }
        else if (row.SpfResult == ReportedOutcome.Pass && !aligned)
        {
            findings.Add(ReportFindings.SpfPassDespiteNone.Create(
                row.HeaderFrom,
                Explain(passing?.Domain, best, row.Spf.Count, Strings.Reports_NoSpfCheck)));
        }

        return aligned;
    }

    /// <summary>Compares the receiver's handling with the policy that applied to the From domain.</summary>
    private static void CheckPolicy(AggregateReportRow row, List<Finding> findings)
    {
        foreach (OverrideReason reason in row.OverrideReasons)
        {
            findings.Add(ReportFindings.Overridden.Create(row.WrittenDisposition, reason));
        }

        if (row.Passed == true && row.Disposition is (ReportedDisposition.Quarantine or ReportedDisposition.Reject))
        {
            findings.Add(
                ReportFindings.PassNotDelivered.Create(
                    row.WrittenDisposition, ExplainPass(row), row.SourceIP, row.OrganizationName));
        }

        if (row.Passed != false || row.OverrideReasons.Count > 0 || row.Testing == true || row.Percentage is < 100)
        {
            return;
        }

        // sp and np apply to names below the policy domain; only the receiver knows which one did (RFC 9989 §4.10.1).
        bool below = DomainKey.Of(row.HeaderFrom) != DomainKey.Of(row.Domain);
        ReportedPolicy? policy = below ? row.SubdomainPolicy ?? row.Policy : row.Policy;
        bool milder = policy == ReportedPolicy.Reject && row.Disposition is ReportedDisposition.None or ReportedDisposition.Quarantine
            || policy == ReportedPolicy.Quarantine && row.Disposition == ReportedDisposition.None;
        bool harsher = policy == ReportedPolicy.None && row.Disposition is ReportedDisposition.Quarantine or ReportedDisposition.Reject;
        bool mayBeNp = below && row.NonexistentSubdomainPolicy is not null && row.NonexistentSubdomainPolicy != policy;
        if ((milder || harsher) && !mayBeNp && policy is not null)
        {
            findings.Add(ReportFindings.DispositionUnexplained.Create(row.WrittenDisposition, policy.Value));
        }
    }

    /// <summary>Explains why a passing message may not be delivered: DMARC only identifies the sender.</summary>
    private static string ExplainPass(AggregateReportRow row)
    {
        if (row.OverrideReasons.Count == 0)
        {
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Reports_PassReason_None, row.SourceIP);
        }

        bool isArc = row.OverrideReasons.Any(reason => reason.Comment.IndexOf("arc", StringComparison.OrdinalIgnoreCase) >= 0);
        return string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            isArc ? Strings.Reports_PassReason_Arc : Strings.Reports_PassReason_Given,
            string.Join("; ", row.OverrideReasons));
    }

    private static string Explain(string? domain, Alignment best, int entries, string nothing) =>
        domain is null
            ? entries == 0 ? nothing : Strings.Reports_NothingPassed
            : Sentences.Fill(
                best == Alignment.OnlyRelaxed ? Strings.Reports_PassedOnlyRelaxed : Strings.Reports_PassedForOther,
                domain);

    // RFC 9989 §4.4.2 uses MAIL FROM only; for the null sender, that is the HELO name (RFC 7208 §2.4).
    private static bool IsMailFrom(ReportedSpf check, AggregateReportRow row)
    {
        if (check.Scope != ReportedSpfScope.Helo)
        {
            return true;
        }

        if (!string.IsNullOrEmpty(row.EnvelopeFrom))
        {
            return false;
        }

        foreach (ReportedSpf other in row.Spf)
        {
            if (other.Scope == ReportedSpfScope.MailFrom)
            {
                return false;
            }
        }

        return true;
    }

    private static Alignment Align(string text, DomainName from, bool strict, IOrganizationalDomainSource source)
    {
        if (!DomainName.TryParse(text, out DomainName? domain))
        {
            return Alignment.None;
        }

        if (domain == from)
        {
            return Alignment.Aligned;
        }

        return source.GetOrganizationalDomain(domain) != source.GetOrganizationalDomain(from) ? Alignment.None
            : strict ? Alignment.OnlyRelaxed
            : Alignment.Aligned;
    }
}
