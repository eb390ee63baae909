using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Grades;

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
        spf.Findings.FirstOrDefault(IsOpen) is { } open ? Verdict(MailDomainGrade.F, domain, open.Message, open.Remedy) : null;

    private static bool IsOpen(Finding finding) =>
        finding.Code == SpfFindings.PassAll.Code
        || finding.Code == SpfFindings.PassesInternet.Code
        || finding.Code == SpfFindings.IncludePassesAll.Code;
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
    private const int MaximumTerms = 3;

    /// <summary>What breaks a record that has no syntax error, the limits first.</summary>
    private static readonly string[] Causes =
    [
        SpfFindings.TooManyLookups.Code,
        SpfFindings.TooManyVoidLookups.Code,
        SpfFindings.IncludeSelf.Code,
        SpfFindings.IncludeLoop.Code,
        SpfFindings.IncludeWithoutRecord.Code,
        SpfFindings.IncludeInvalid.Code,
        SpfFindings.TooManyMx.Code,
    ];

    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf)
    {
        if (spf is not { Validity: false, Status: SpfRecordStatus.Multiple or SpfRecordStatus.Invalid or SpfRecordStatus.Found })
        {
            return null;
        }

        Finding? cause = CauseOf(spf);
        return cause?.Code == SpfFindings.TooManyLookups.Code
            ? VerdictIn("Grade_SpfLookups", MailDomainGrade.C, domain, spf.LookupCount, string.Join(", ", CostliestTerms(spf)), cause.Message)
            : Verdict(MailDomainGrade.C, domain, cause?.Message ?? spf.Outcome, cause?.Remedy);
    }

    /// <summary>The finding that names the number or the term.</summary>
    private static Finding? CauseOf(SpfResult spf) => spf.Status == SpfRecordStatus.Found
        ? Causes.Select(code => spf.Findings.FirstOrDefault(finding => finding.Code == code)).FirstOrDefault(finding => finding is not null)
        : spf.Findings.FirstOrDefault(finding => finding.Code == SpfFindings.SeveralRecords.Code)
            ?? spf.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error);

    /// <summary>The terms of the domain's own record that cost most, with what they cost.</summary>
    private static IEnumerable<string> CostliestTerms(SpfResult spf) => spf.Terms
        .Where(term => term is { Depth: 0, TotalLookups: > 0 })
        .OrderByDescending(term => term.TotalLookups)
        .Take(MaximumTerms)
        .Select(term => term.Term + " (" + term.TotalLookups.ToString(CultureInfo.InvariantCulture) + ")");
}

/// <summary>The SPF record says nothing of servers that it does not list.</summary>
internal sealed class SpfOpenEndRule : SpfGradeRule
{
    protected override GradeVerdict? Check(MailDomainResult domain, SpfResult spf) =>
        spf is { Status: SpfRecordStatus.Found, All: "?all" } || (spf is { Status: SpfRecordStatus.Found, All: "", Validity: not null })
            ? Verdict(MailDomainGrade.C, domain, string.IsNullOrEmpty(spf.All) ? Strings.Grades_NoAll : spf.All)
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
