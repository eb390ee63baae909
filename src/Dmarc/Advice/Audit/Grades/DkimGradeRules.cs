using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Grades;

/// <summary>A domain that sends has no DKIM key, and that is certain.</summary>
internal sealed class DkimMissingRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Profile == SendingProfile.Sends
        && (domain.DkimStatus == PartStatus.Declined || IsCertain(domain))
            ? Verdict(MailDomainGrade.B, domain)
            : null;

    /// <summary>True where no key was found because there can be none.</summary>
    public static bool IsCertain(MailDomainResult domain) =>
        domain.DkimStatus == PartStatus.NotFound && domain.Dkim.Any(key => key.Findings.Any(finding => finding.Code == DkimSelectorFindings.NoKeys.Code));
}

/// <summary>No key was found, but there may be one at a selector that nobody else uses.</summary>
internal sealed class DkimUnknownRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Profile == SendingProfile.Sends
        && domain.DkimStatus == PartStatus.NotFound
        && !DkimMissingRule.IsCertain(domain)
            ? Verdict(null, domain)
            : null;
}

/// <summary>There are keys, and signatures can pass with none of them.</summary>
internal sealed class DkimInvalidRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain)
    {
        Finding? worst = Worst(domain.Dkim.SelectMany(key => key.Findings));
        return domain.DkimStatus == PartStatus.Invalid && domain.Profile == SendingProfile.Sends
            ? Verdict(MailDomainGrade.B, domain, string.Join(", ", domain.DkimSelector), worst?.Message, worst?.Remedy)
            : null;
    }
}

/// <summary>A key is shorter than it should be.</summary>
internal sealed class DkimKeyShortRule : GradeRule
{
    private const int Recommended = 2048;

    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Dkim.FirstOrDefault(key => key is { Status: DkimKeyStatus.Valid, KeyType: DkimKeyType.Rsa, KeySize: < Recommended }) is { } key
            ? Verdict(null, domain, key.Selector, key.KeySize)
            : null;
}

/// <summary>An alias for a key leads nowhere, so that whoever gets the target can sign.</summary>
internal sealed class DkimDanglingRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Dkim.FirstOrDefault(key => key.Status == DkimKeyStatus.Dangling) is { } key
            ? Verdict(MailDomainGrade.B, domain, key.Name, key.Target)
            : null;
}

/// <summary>A parked domain could say that no key is good.</summary>
internal sealed class DkimWildcardRule : GradeRule
{
    public override GradeVerdict? Check(MailDomainResult domain) =>
        domain.Profile == SendingProfile.Parked && domain.DkimStatus == PartStatus.NotFound
            ? Verdict(null, domain).WithText("*._domainkey." + domain.Domain, "v=DKIM1; p=")
            : null;
}
