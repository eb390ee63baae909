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

    /// <summary>The findings about one mechanism.</summary>
    private sealed record MechanismFindings(
        FindingDescriptor FailDespitePass,
        FindingDescriptor Strict,
        FindingDescriptor OtherDomain,
        FindingDescriptor PassDespiteNone,
        Func<string> NoEntry);

    private static readonly MechanismFindings AboutDkim = new(
        ReportFindings.DkimFailDespitePass,
        ReportFindings.DkimStrict,
        ReportFindings.DkimOtherDomain,
        ReportFindings.DkimPassDespiteNone,
        () => Strings.Reports_NoSignature);

    private static readonly MechanismFindings AboutSpf = new(
        ReportFindings.SpfFailDespitePass,
        ReportFindings.SpfStrict,
        ReportFindings.SpfOtherDomain,
        ReportFindings.SpfPassDespiteNone,
        () => Strings.Reports_NoSpfCheck);

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

    private static bool CheckDkim(AggregateReportRow row, DomainName from, List<Finding> findings) => Check(
        row,
        from,
        row.DkimAlignmentMode,
        row.DkimResult,
        row.Dkim,
        static (dkim, _) => dkim.Result == AuthenticationResult.Pass ? dkim.Domain : null,
        AboutDkim,
        findings);

    private static bool CheckSpf(AggregateReportRow row, DomainName from, List<Finding> findings)
    {
        bool aligned = Check(
            row,
            from,
            row.SpfAlignmentMode,
            row.SpfResult,
            row.Spf,
            static (spf, row) => spf.Result == AuthenticationResult.Pass && IsMailFrom(spf, row) ? spf.Domain : null,
            AboutSpf,
            findings);
        if (row.SpfResult == ReportedOutcome.Fail && row.DkimAligned == true && !aligned)
        {
            findings.Add(ReportFindings.Forwarded.Create(row.SourceIP));
        }

        return aligned;
    }

    /// <summary>
    /// Evaluates one mechanism by the domains that passed, and compares the result with the reported one. Runs for each
    /// row, so it makes no objects unless there is a finding.
    /// </summary>
    private static bool Check<T>(
        AggregateReportRow row,
        DomainName from,
        ReportedAlignmentMode? mode,
        ReportedOutcome reported,
        IReadOnlyList<T> entries,
        Func<T, AggregateReportRow, string?> passedDomain,
        MechanismFindings about,
        List<Finding> findings)
    {
        string? domain = null;
        Alignment best = Alignment.None;
        for (int index = 0; index < entries.Count; index++)
        {
            if (passedDomain(entries[index], row) is not { } passed)
            {
                continue;
            }

            Alignment alignment =
                Align(passed, from, mode == ReportedAlignmentMode.Strict, row.Report.OrganizationalDomains);
            if (domain is null || alignment > best)
            {
                (domain, best) = (passed, alignment);
            }
        }

        bool aligned = best == Alignment.Aligned;
        if (reported == ReportedOutcome.Fail && domain is not null)
        {
            FindingDescriptor finding = aligned ? about.FailDespitePass
                : best == Alignment.OnlyRelaxed ? about.Strict
                : about.OtherDomain;
            findings.Add(finding.Create(domain, row.HeaderFrom));
        }
        else if (reported == ReportedOutcome.Pass && !aligned)
        {
            string passedFor =
                best == Alignment.OnlyRelaxed ? Strings.Reports_PassedOnlyRelaxed : Strings.Reports_PassedForOther;
            string reason = domain is null
                ? entries.Count == 0 ? about.NoEntry() : Strings.Reports_NothingPassed
                : Sentences.Fill(passedFor, domain);
            findings.Add(about.PassDespiteNone.Create(row.HeaderFrom, reason));
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
            return string.Format(CultureInfo.InvariantCulture, Strings.Reports_PassReason_None, row.SourceIP);
        }

        bool isArc = row.OverrideReasons.Any(reason => reason.Comment.IndexOf("arc", StringComparison.OrdinalIgnoreCase) >= 0);
        return string.Format(
            CultureInfo.InvariantCulture,
            isArc ? Strings.Reports_PassReason_Arc : Strings.Reports_PassReason_Given,
            string.Join("; ", row.OverrideReasons));
    }

    // RFC 9989 §4.4.2 uses MAIL FROM only; for the null sender, that is the HELO name (RFC 7208 §2.4).
    private static bool IsMailFrom(ReportedSpf check, AggregateReportRow row) =>
        check.Scope != ReportedSpfScope.Helo
        || (string.IsNullOrEmpty(row.EnvelopeFrom) && row.Spf.All(other => other.Scope != ReportedSpfScope.MailFrom));

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
