using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>What DMARC leaves of a grade.</summary>
internal static class DmarcGradeRules
{
    /// <summary>No DMARC record applies, or none that counts.</summary>
    public static GradeVerdict? DmarcMissing(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        if (dmarc.EffectivePolicy is not null)
        {
            return null;
        }

        bool spfHolds = domain.Spf is { } spf && (SpfReading.IsPartial(spf) || (spf.Validity == true && SpfReading.HasEnd(spf)));
        Finding? worst = dmarc.Status is DmarcRecordStatus.Invalid or DmarcRecordStatus.Multiple
            ? GradeVerdict.Worst(dmarc.Findings)
            : dmarc.Findings.FirstOrDefault(finding => finding.Code == DmarcFindings.AliasDangling.Code);
        return GradeVerdict.Of(nameof(DmarcMissing),
                spfHolds ? MailDomainGrade.E : MailDomainGrade.F,
                domain,
                dmarc.Status,
                worst?.Message,
                worst?.Remedy)
            with { DmarcStep = DmarcStepWording.OfPolicy };
    }

    /// <summary>The policy is none, or quarantine in test mode.</summary>
    public static GradeVerdict? DmarcPolicyNone(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.None ? null
        : GradeVerdict.Of(nameof(DmarcPolicyNone), MailDomainGrade.D, domain, dmarc.PolicyTag, "quarantine") with { DmarcStep = DmarcStepWording.OfPolicy };

    /// <summary>The policy is quarantine, or reject in test mode.</summary>
    public static GradeVerdict? DmarcQuarantine(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.Quarantine ? null
        : GradeVerdict.Of(nameof(DmarcQuarantine), MailDomainGrade.B, domain) with { DmarcStep = DmarcStepWording.OfPolicy };

    /// <summary>The historic pct lets older receivers apply the policy to a part of the mail only.</summary>
    public static GradeVerdict? DmarcPercentage(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject && dmarc.Percentage < 100
            ? GradeVerdict.Of(nameof(DmarcPercentage), MailDomainGrade.C, domain, dmarc.Percentage) with { DmarcStep = DmarcStepWording.OfRule }
            : null;

    /// <summary>Subdomains are less protected than the domain.</summary>
    public static GradeVerdict? DmarcSubdomains(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        // Only in the record of the Organizational Domain do these tags have a meaning (RFC 9989 §4.7).
        if (dmarc.RecordDomain != domain.Domain
            || dmarc.OrganizationalDomain != domain.Domain
            || dmarc.Policy is not { } policy
            || dmarc.ParsedRecord is { HasFaultyPolicy: true })
        {
            return null;
        }

        DmarcPolicy subdomains = dmarc.SubdomainPolicy ?? policy;
        DmarcPolicy others = dmarc.NonexistentSubdomainPolicy ?? subdomains;
        DmarcPolicy weakest = others < subdomains ? others : subdomains;
        if (weakest >= policy)
        {
            return null;
        }

        MailDomainGrade cap = weakest == DmarcPolicy.None ? MailDomainGrade.C : MailDomainGrade.B;
        return GradeVerdict.Of(nameof(DmarcSubdomains), cap, domain, others < subdomains ? "np" : "sp", weakest.ToKeyword(), policy.ToKeyword())
            with { DmarcStep = DmarcStepWording.OfRule };
    }

    /// <summary>Nobody gets aggregate reports; a parked domain can do without.</summary>
    public static GradeVerdict? DmarcReports(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is null || dmarc.AggregateReportsCome != false || domain.Profile is SendingProfile.Parked or SendingProfile.Unknown ? null
        : GradeVerdict.Of(nameof(DmarcReports), MailDomainGrade.B, domain, dmarc.AggregateReportUri.Count == 0 ? "" : "rua: " + dmarc.AggregateReportUri)
            with { DmarcStep = DmarcStepWording.OfRule };

    /// <summary>
    /// The verdicts with the next step: that of the roll-out for a domain that sends mail, the last one at once for another. All of them
    /// have the same record, so that no step undoes the one before it. Where a record from above applies, the step makes one of the domain's
    /// own of it: the other speaks for more names than this, and what is right for one may lose the mail of the next.
    /// </summary>
    public static GradeVerdict[] WithSteps(MailDomainResult domain, GradeVerdict[] verdicts)
    {
        if (domain.Dmarc is not { } dmarc || !Array.Exists(verdicts, verdict => verdict.DmarcStep != DmarcStepWording.None))
        {
            return verdicts;
        }

        bool sends = domain.Profile is SendingProfile.Sends or SendingProfile.Unknown;
        bool wantsReports = domain.Profile != SendingProfile.Parked;
        NextStep? step = sends ? NextStep.Of(dmarc) : NextStep.OfSilent(dmarc, wantsReports);
        string? change = sends && step is { Present: { } present } ? Describe(step.Advice, present, domain.Domain) : null;
        string? mailbox = wantsReports && dmarc is { EffectivePolicy: null, LacksReportDomain: true } && step?.Draft is { } draft && !DmarcRecordParser.Parse(draft.Value).AsksForReports
            ? Sentences.Fill(Strings.Policy_NoReportMailbox, domain.Domain)
            : null;
        return [.. verdicts.Select(verdict => verdict.DmarcStep == DmarcStepWording.None ? verdict : Add(verdict))];

        GradeVerdict Add(GradeVerdict verdict)
        {
            string? remedy = !sends && verdict.DmarcStep == DmarcStepWording.OfPolicy
                ? Sentences.Fill(Strings.Grade_SendsNothing_Action, domain.Domain)
                : change;
            verdict = verdict with { Remedy = Sentences.Join(remedy ?? verdict.Remedy, mailbox) };
            return step?.Draft is { } record ? verdict.WithText(record.FullName, record.Value) : verdict;
        }
    }

    private static string Describe(RolloutAdvice advice, RolloutRecord present, string domain)
    {
        string format = advice.AddsReportAddress ? Strings.Grade_DmarcReports_Action
            : advice.PublishSubdomains is not null || advice.PublishNonexistent is not null ? Strings.Grade_DmarcSubdomains_Action
            : advice.Publish == present.Stage ? Strings.Grade_DmarcPercentage_Action
            : Strings.Grade_NextStage_Action;
        (DmarcPolicy policy, bool testing) = RolloutSteps.PublishedAt(advice.Publish ?? present.Stage);
        return Sentences.Fill(
            format,
            domain,
            advice.PublishSubdomains is null && advice.PublishNonexistent is not null ? "np" : advice.PublishSubdomains is not null ? "sp" : "p=" + policy.ToKeyword() + (testing ? "; t=y" : ""),
            "",
            (advice.PublishSubdomains ?? advice.PublishNonexistent)?.ToKeyword());
    }
}
