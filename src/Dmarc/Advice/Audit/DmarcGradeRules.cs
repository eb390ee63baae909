using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Audit;

/// <summary>The effect of DMARC on a grade.</summary>
internal static class DmarcGradeRules
{
    /// <summary>No valid DMARC record applies.</summary>
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
        : GradeVerdict.Of(nameof(DmarcPolicyNone), MailDomainGrade.D, domain, dmarc.PolicyTag, "quarantine")
            with { DmarcStep = DmarcStepWording.OfPolicy };

    /// <summary>The policy is quarantine, or reject in test mode.</summary>
    public static GradeVerdict? DmarcQuarantine(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.Quarantine ? null
        : GradeVerdict.Of(nameof(DmarcQuarantine), MailDomainGrade.B, domain) with { DmarcStep = DmarcStepWording.OfPolicy };

    /// <summary>The historic pct lets older receivers apply the policy to only part of the mail.</summary>
    public static GradeVerdict? DmarcPercentage(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject && dmarc.Percentage < 100
            ? GradeVerdict.Of(nameof(DmarcPercentage), MailDomainGrade.C, domain, dmarc.Percentage)
                with { DmarcStep = DmarcStepWording.OfRule }
            : null;

    /// <summary>Subdomains are less protected than the domain.</summary>
    public static GradeVerdict? DmarcSubdomains(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        // These tags only have an effect in the record of the Organizational Domain (RFC 9989 §4.7).
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
        return GradeVerdict.Of(
            nameof(DmarcSubdomains),
            cap,
            domain,
            others < subdomains ? "np" : "sp",
            weakest.ToKeyword(),
            policy.ToKeyword())
            with { DmarcStep = DmarcStepWording.OfRule };
    }

    /// <summary>No address receives aggregate reports; a parked domain does not need them.</summary>
    public static GradeVerdict? DmarcReports(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is null
            || dmarc.AggregateReportsCome != false
            || domain.Profile is SendingProfile.Parked or SendingProfile.Unknown ? null
        : GradeVerdict.Of(
            nameof(DmarcReports),
            MailDomainGrade.B,
            domain,
            dmarc.AggregateReportUri.Count == 0 ? "" : "rua: " + dmarc.AggregateReportUri)
            with { DmarcStep = DmarcStepWording.OfRule };

    /// <summary>
    /// Adds the next step to the verdicts: that of the rollout for a sending domain, the final one at once for others.
    /// All share one record, so that no step undoes an earlier one. If an inherited record applies, the step makes an
    /// own record from it: the inherited one covers more names, whose mail a change could lose.
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
        string? mailbox = wantsReports
            && dmarc is { EffectivePolicy: null, LacksReportDomain: true }
            && step?.Draft is { } draft
            && !DmarcRecordParser.Parse(draft.Value).AsksForReports
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
        return Sentences.Fill(
            format,
            domain,
            advice.PublishSubdomains is null && advice.PublishNonexistent is not null
                ? "np"
                : advice.PublishSubdomains is not null ? "sp"
                : (advice.Publish ?? present.Stage).ToTags(),
            "",
            (advice.PublishSubdomains ?? advice.PublishNonexistent)?.ToKeyword());
    }
}
