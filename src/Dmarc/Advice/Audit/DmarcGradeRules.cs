using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Domains;
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
        GradeVerdict verdict = WithoutWait(
            GradeVerdict.Of(nameof(DmarcMissing), 
                spfHolds ? MailDomainGrade.E : MailDomainGrade.F,
                domain,
                dmarc.Status,
                worst?.Message,
                worst?.Remedy),
            domain);
        return DomainName.TryParse("_dmarc." + domain.Domain, out DomainName? name)
            ? verdict.WithText(name.ToString(), "v=DMARC1; p=" + (Sends(domain) ? "none" : "reject; np=reject") + Reports(domain))
            : verdict;
    }

    /// <summary>The policy is none, or quarantine in test mode.</summary>
    public static GradeVerdict? DmarcPolicyNone(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.None ? null
        : WithStep(
            WithoutWait(GradeVerdict.Of(nameof(DmarcPolicyNone), MailDomainGrade.D, domain, dmarc.PolicyTag, "quarantine"), domain),
            domain,
            dmarc,
            builder => Raise(builder, domain, Sends(domain) ? DmarcPolicy.Quarantine : DmarcPolicy.Reject));

    /// <summary>The policy is quarantine, or reject in test mode.</summary>
    public static GradeVerdict? DmarcQuarantine(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.Quarantine ? null
        : WithStep(
            WithoutWait(GradeVerdict.Of(nameof(DmarcQuarantine), MailDomainGrade.B, domain), domain),
            domain,
            dmarc,
            builder => Raise(builder, domain, DmarcPolicy.Reject));

    /// <summary>The historic pct lets older receivers apply the policy to a part of the mail only.</summary>
    public static GradeVerdict? DmarcPercentage(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject && dmarc.Percentage < 100
            ? WithStep(GradeVerdict.Of(nameof(DmarcPercentage), MailDomainGrade.C, domain, dmarc.Percentage), domain, dmarc, builder => builder)
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

        return WithStep(
            GradeVerdict.Of(nameof(DmarcSubdomains), weakest == DmarcPolicy.None ? MailDomainGrade.C : MailDomainGrade.B, domain, others < subdomains ? "np" : "sp", weakest.ToKeyword(), policy.ToKeyword()),
            domain,
            dmarc,
            builder => builder with
            {
                SubdomainPolicy = subdomains < policy ? policy : null,
                NonexistentSubdomainPolicy = others < policy && dmarc.ParsedRecord?.NonexistentSubdomainPolicy is not null ? policy : null,
            });
    }

    /// <summary>Nobody gets aggregate reports; a parked domain can do without.</summary>
    public static GradeVerdict? DmarcReports(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is null || dmarc.AggregateReportsCome != false || domain.Profile is SendingProfile.Parked or SendingProfile.Unknown ? null
        : dmarc.AggregateReportUri.Count == 0
            ? WithStep(GradeVerdict.Of(nameof(DmarcReports), MailDomainGrade.B, domain, ""), domain, dmarc, builder => WithReports(builder, domain, dmarc))
            : WithRecord(GradeVerdict.Of(nameof(DmarcReports), MailDomainGrade.B, domain, "rua: " + dmarc.AggregateReportUri), dmarc, builder => WithReports(builder, domain, dmarc));

    /// <summary>Where reports go; without mail exchanges they cannot come to the domain itself.</summary>
    private static string Reports(MailDomainResult domain) =>
        domain.Profile == SendingProfile.Parked ? "" : "; rua=mailto:dmarc-reports@" + domain.Domain;

    private static DmarcRecordBuilder WithReports(DmarcRecordBuilder builder, MailDomainResult domain, DmarcRecordResult dmarc) =>
        builder with { AggregateReportUri = ["mailto:dmarc-reports@" + (dmarc.RecordDomain ?? domain.Domain)] };

    /// <summary>
    /// The verdict with the record of the domain, changed so. Where one from above applies, it is made into one of the domain's own: the other
    /// speaks for more names than this, and what is right for one may lose the mail of the next.
    /// </summary>
    private static GradeVerdict WithRecord(GradeVerdict verdict, DmarcRecordResult dmarc, Func<DmarcRecordBuilder, DmarcRecordBuilder> change)
    {
        DomainName target = DomainName.Parse(dmarc.Domain);
        if (!DomainName.TryParse("_dmarc." + target, out DomainName? name))
        {
            return verdict;
        }

        DmarcRecordBuilder builder = change(new DmarcRecordBuilder
        {
            Domain = target,
            From = dmarc.Record,
            FromDomain = DomainName.Parse(dmarc.RecordDomain ?? dmarc.Domain),
        });
        return verdict.WithText(name.ToString(), builder.Build().Value);
    }

    /// <summary>
    /// The verdict with the next step of a domain that sends mail, which is that of the roll-out; with the record changed so for one that
    /// sends nothing.
    /// </summary>
    private static GradeVerdict WithStep(GradeVerdict verdict, MailDomainResult domain, DmarcRecordResult dmarc, Func<DmarcRecordBuilder, DmarcRecordBuilder> change) =>
        Sends(domain) && NextStep.Of(dmarc) is { } step
            ? (verdict with { Remedy = Describe(step, domain.Domain) }).WithText(step.Draft.FullName, step.Draft.Value)
            : WithRecord(verdict, dmarc, change);

    /// <summary>The verdict; a domain that sends nothing has no mail of its own to lose, and nothing to wait for.</summary>
    private static GradeVerdict WithoutWait(GradeVerdict verdict, MailDomainResult domain) => Sends(domain)
        ? verdict
        : verdict with { Remedy = Sentences.Fill(Strings.Grade_SendsNothing_Action, domain.Domain) };

    /// <summary>The record with this policy; that of a domain that sends nothing leaves no name below it out.</summary>
    private static DmarcRecordBuilder Raise(DmarcRecordBuilder builder, MailDomainResult domain, DmarcPolicy policy)
    {
        DmarcRecordBuilder raised = builder with { Policy = policy, Testing = false };
        return Sends(domain) || domain.Dmarc!.RecordDomain != domain.Domain
            ? raised
            : raised with
            {
                SubdomainPolicy = domain.Dmarc.ParsedRecord?.SubdomainPolicy is null ? null : policy,
                NonexistentSubdomainPolicy = policy,
            };
    }

    private static string Describe(NextStep step, string domain)
    {
        RolloutAdvice advice = step.Advice;
        string format = advice.AddsReportAddress ? Strings.Grade_DmarcReports_Action
            : advice.PublishSubdomains is not null || advice.PublishNonexistent is not null ? Strings.Grade_DmarcSubdomains_Action
            : advice.Publish == step.Present.Stage ? Strings.Grade_DmarcPercentage_Action
            : Strings.Grade_NextStage_Action;
        (DmarcPolicy policy, bool testing) = RolloutSteps.PublishedAt(advice.Publish ?? step.Present.Stage);
        return Sentences.Fill(
            format,
            domain,
            advice.PublishSubdomains is null && advice.PublishNonexistent is not null ? "np" : advice.PublishSubdomains is not null ? "sp" : "p=" + policy.ToKeyword() + (testing ? "; t=y" : ""),
            "",
            (advice.PublishSubdomains ?? advice.PublishNonexistent)?.ToKeyword());
    }

    /// <summary>True if the domain sends mail, so that a stricter policy could hit its own.</summary>
    private static bool Sends(MailDomainResult domain) => domain.Profile is SendingProfile.Sends or SendingProfile.Unknown;
}
