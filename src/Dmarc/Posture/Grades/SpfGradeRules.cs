using Dmarc.Spf;

namespace Dmarc.Posture.Grades;

/// <summary>What the rules about SPF share.</summary>
internal abstract class SpfGradeRule : GradeRule
{
    /// <inheritdoc/>
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Spf is { } spf && !spf.Status.IsDnsFailure() ? Check(domain, spf) : null;

    /// <summary>What the rule says where the record is known, or that there is none.</summary>
    protected abstract GradeVerdict? Check(MailDomainResult domain, SpfResult spf);

    /// <summary>True where it is known that no mail is sent.</summary>
    protected static bool SendsNothing(MailDomainResult domain) => domain.Profile is SendingProfile.Parked or SendingProfile.ReceivesOnly;
}

/// <summary>The SPF record lets everyone send.</summary>
internal sealed class SpfPassesEveryoneRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf) =>
        spf.Findings.Any(finding => finding.Code == SpfFindings.PassAll.Code
            || finding.Code == SpfFindings.PassesInternet.Code
            || finding.Code == SpfFindings.IncludePassesAll.Code)
            ? Verdict(MailDomainGrade.F, domain)
            : null;
}

/// <summary>There is no SPF record.</summary>
internal sealed class SpfMissingRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf)
    {
        if (spf.Status is not (SpfRecordStatus.NotFound or SpfRecordStatus.DomainNotFound))
        {
            return null;
        }

        GradeVerdict verdict = Verdict(SendsNothing(domain) ? MailDomainGrade.B : MailDomainGrade.C, domain);
        return SendsNothing(domain) ? verdict.WithText(domain.Domain, "v=spf1 -all") : verdict;
    }
}

/// <summary>The SPF record is one that receivers cannot interpret.</summary>
internal sealed class SpfBrokenRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf) =>
        spf.Status is SpfRecordStatus.Multiple or SpfRecordStatus.Invalid || (spf is { Status: SpfRecordStatus.Found, IsValid: false } && !SpfReading.IsPartial(spf))
            ? Verdict(MailDomainGrade.C, domain, spf.Status)
            : null;
}

/// <summary>The SPF record says nothing of servers that it does not list.</summary>
internal sealed class SpfOpenEndRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf) =>
        spf is { Status: SpfRecordStatus.Found, All: "?all" } || (spf is { Status: SpfRecordStatus.Found, All: "" } && !SpfReading.IsPartial(spf))
            ? Verdict(MailDomainGrade.C, domain, spf.All.Length == 0 ? Strings.Grades_NoAll : spf.All)
            : null;
}

/// <summary>The SPF record of a domain that sends nothing still allows someone.</summary>
internal sealed class SpfAllowsSomeoneRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf) =>
        SendsNothing(domain) && spf.Status == SpfRecordStatus.Found && !SpfReading.IsPartial(spf) && !(spf.All == "-all" && SpfReading.AllowsNobody(spf))
            ? Verdict(MailDomainGrade.B, domain, spf.Record).WithText(domain.Domain, "v=spf1 -all")
            : null;
}
