using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>The effect of SPF on a grade.</summary>
internal static class SpfGradeRules
{
    private const int MaximumTerms = 3;

    /// <summary>The causes of permerror without a syntax error, limits first.</summary>
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

    /// <summary>The SPF record passes every server.</summary>
    public static GradeVerdict? SpfPassesEveryone(MailDomainResult domain, SpfResult spf) => spf.Findings.FirstOrDefault(IsOpen) is { } open
        ? GradeVerdict.Of(nameof(SpfPassesEveryone), MailDomainGrade.F, domain, open.Message, open.Remedy)
        : null;

    /// <summary>There is no SPF record.</summary>
    public static GradeVerdict? SpfMissing(MailDomainResult domain, SpfResult spf)
    {
        if (spf.Status is not (SpfRecordStatus.NotFound or SpfRecordStatus.DomainNotFound))
        {
            return null;
        }

        return SendsNothing(domain)
            ? GradeVerdict.Of(nameof(SpfMissing), MailDomainGrade.B, domain).WithText(domain.Domain, "v=spf1 -all")
            : GradeVerdict.Of(nameof(SpfMissing), MailDomainGrade.C, domain);
    }

    /// <summary>Receivers cannot interpret the SPF record.</summary>
    public static GradeVerdict? SpfBroken(MailDomainResult domain, SpfResult spf)
    {
        if (spf is not { Validity: false, Status: SpfRecordStatus.Multiple or SpfRecordStatus.Invalid or SpfRecordStatus.Found })
        {
            return null;
        }

        Finding? cause = CauseOf(spf);
        return cause?.Code == SpfFindings.TooManyLookups.Code
            ? GradeVerdict.In(
                "Grade_SpfLookups", nameof(SpfBroken), MailDomainGrade.C, domain, spf.LookupCount,
                string.Join(", ", CostliestTerms(spf)), cause.Message)
            : GradeVerdict.Of(nameof(SpfBroken), MailDomainGrade.C, domain, cause?.Message ?? spf.Outcome, cause?.Remedy);
    }

    /// <summary>The SPF record does not cover unlisted servers.</summary>
    public static GradeVerdict? SpfOpenEnd(MailDomainResult domain, SpfResult spf) =>
        spf is { Status: SpfRecordStatus.Found, All: "?all" } or { Status: SpfRecordStatus.Found, All: "", Validity: not null }
            ? GradeVerdict.Of(nameof(SpfOpenEnd), MailDomainGrade.C, domain, string.IsNullOrEmpty(spf.All) ? Strings.Grades_NoAll : spf.All)
            : null;

    /// <summary>The SPF record of a domain that sends no mail still allows senders.</summary>
    public static GradeVerdict? SpfAllowsSomeone(MailDomainResult domain, SpfResult spf) =>
        SendsNothing(domain)
            && spf.Status == SpfRecordStatus.Found
            && !SpfReading.IsPartial(spf)
            && !(spf.All == "-all" && SpfReading.AllowsNobody(spf))
            ? GradeVerdict.Of(nameof(SpfAllowsSomeone), MailDomainGrade.B, domain, spf.Record).WithText(domain.Domain, "v=spf1 -all")
            : null;

    private static bool IsOpen(Finding finding) =>
        finding.Code == SpfFindings.PassAll.Code
        || finding.Code == SpfFindings.PassesInternet.Code
        || finding.Code == SpfFindings.IncludePassesAll.Code;

    /// <summary>True if the domain is known to send no mail.</summary>
    private static bool SendsNothing(MailDomainResult domain) => domain.Profile is SendingProfile.Parked or SendingProfile.ReceivesOnly;

    /// <summary>The finding with the number or the term.</summary>
    private static Finding? CauseOf(SpfResult spf) => spf.Status == SpfRecordStatus.Found
        ? Causes.Select(code => spf.Findings.FirstOrDefault(finding => finding.Code == code)).FirstOrDefault(finding => finding is not null)
        : spf.Findings.FirstOrDefault(finding => finding.Code == SpfFindings.SeveralRecords.Code)
            ?? spf.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error);

    /// <summary>The terms of the domain's own record with the most look-ups, and their costs.</summary>
    private static IEnumerable<string> CostliestTerms(SpfResult spf) => spf.Terms
        .Where(term => term is { Depth: 0, TotalLookups: > 0 })
        .OrderByDescending(term => term.TotalLookups)
        .Take(MaximumTerms)
        .Select(term => term.Term + " (" + term.TotalLookups.ToString(CultureInfo.InvariantCulture) + ")");
}
