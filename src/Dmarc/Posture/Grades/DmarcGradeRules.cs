using Dmarc.Domains;
using Dmarc.Policy;

namespace Dmarc.Posture.Grades;

/// <summary>What the rules about DMARC share.</summary>
internal abstract class DmarcGradeRule : GradeRule
{
    /// <inheritdoc/>
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Dmarc is { } dmarc && !dmarc.Status.IsDnsFailure() ? Check(domain, dmarc) : null;

    /// <summary>What the rule says where the record is known, or that there is none.</summary>
    protected abstract GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc);

    /// <summary>The verdict with the record that applies, changed so.</summary>
    protected static GradeVerdict WithRecord(GradeVerdict verdict, DmarcRecordResult dmarc, Func<DmarcRecordBuilder, DmarcRecordBuilder> change)
    {
        DomainName target = DomainName.Parse(dmarc.RecordDomain ?? dmarc.Domain);
        DmarcRecordBuilder builder = change(new DmarcRecordBuilder { Domain = target, From = dmarc.Record });
        return verdict.WithText("_dmarc." + target, builder.Build().Value);
    }

    /// <summary>True where the domain sends mail, so that a stricter policy could hit its own.</summary>
    protected static bool Sends(MailDomainResult domain) => domain.Profile is SendingProfile.Sends or SendingProfile.Unknown;
}

/// <summary>No DMARC record applies, or none that counts.</summary>
internal sealed class DmarcMissingRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        if (dmarc.EffectivePolicy is not null)
        {
            return null;
        }

        bool spfHolds = domain.Spf is { IsValid: true, All: "-all" or "~all" };
        GradeVerdict verdict = Verdict(spfHolds ? MailDomainGrade.E : MailDomainGrade.F, domain, dmarc.Status);
        string name = dmarc.OrganizationalDomain ?? domain.Domain;
        return verdict.WithText(
            "_dmarc." + name,
            "v=DMARC1; p=" + (Sends(domain) ? "none" : "reject; np=reject") + "; rua=mailto:dmarc-reports@" + name);
    }
}

/// <summary>The policy is none, or quarantine in test mode.</summary>
internal sealed class DmarcPolicyNoneRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.None ? null
        : WithRecord(
            Verdict(MailDomainGrade.D, domain, dmarc.PolicyTag, Sends(domain) ? "quarantine" : "reject"),
            dmarc,
            builder => Sends(domain)
                ? builder with { Policy = DmarcPolicy.Quarantine, SubdomainPolicy = dmarc.PolicyTag == "sp" ? DmarcPolicy.Quarantine : null, Testing = false }
                : builder with { Policy = DmarcPolicy.Reject, SubdomainPolicy = dmarc.PolicyTag == "sp" ? DmarcPolicy.Reject : null, Testing = false });
}

/// <summary>The policy is quarantine, or reject in test mode.</summary>
internal sealed class DmarcQuarantineRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy != DmarcPolicy.Quarantine ? null
        : WithRecord(
            Verdict(MailDomainGrade.B, domain),
            dmarc,
            builder => builder with { Policy = DmarcPolicy.Reject, SubdomainPolicy = dmarc.PolicyTag == "sp" ? DmarcPolicy.Reject : null, Testing = false });
}

/// <summary>The historic pct lets older receivers apply the policy to a part of the mail only.</summary>
internal sealed class DmarcPercentageRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject && dmarc.Percentage < 100
            ? WithRecord(Verdict(MailDomainGrade.C, domain, dmarc.Percentage), dmarc, builder => builder)
            : null;
}

/// <summary>Subdomains are less protected than the domain.</summary>
internal sealed class DmarcSubdomainsRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        if (dmarc.RecordDomain != domain.Domain || dmarc.Policy is not { } policy)
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

        return WithRecord(
            Verdict(weakest == DmarcPolicy.None ? MailDomainGrade.C : MailDomainGrade.B, domain, others < subdomains ? "np" : "sp", weakest.ToKeyword(), policy.ToKeyword()),
            dmarc,
            builder => builder with
            {
                SubdomainPolicy = subdomains < policy ? policy : null,
                NonexistentSubdomainPolicy = others < policy && dmarc.ParsedRecord?.NonexistentSubdomainPolicy is not null ? policy : null,
            });
    }
}

/// <summary>Nobody gets aggregate reports; a parked domain can do without.</summary>
internal sealed class DmarcReportsRule : DmarcGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, DmarcRecordResult dmarc) =>
        dmarc.EffectivePolicy is null || dmarc.AggregateReportUri.Count > 0 || domain.Profile == SendingProfile.Parked ? null
        : WithRecord(
            Verdict(MailDomainGrade.B, domain),
            dmarc,
            builder => builder with { AggregateReportUri = ["mailto:dmarc-reports@" + (dmarc.RecordDomain ?? domain.Domain)] });
}
