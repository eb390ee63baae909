using Dmarc.Dns;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Audit;

/// <summary>The effect of DKIM on a grade.</summary>
internal static class DkimGradeRules
{
    private const int RecommendedBits = 2048;

    /// <summary>A sending domain certainly has no DKIM key.</summary>
    public static GradeVerdict? DkimMissing(MailDomainResult domain) =>
        domain.Profile == SendingProfile.Sends && (domain.DkimStatus == PartStatus.Declined || LacksKeys(domain))
            ? GradeVerdict.Of(nameof(DkimMissing), MailDomainGrade.B, domain)
            : null;

    /// <summary>No key was found, but there may be one at an unusual selector.</summary>
    public static GradeVerdict? DkimUnknown(MailDomainResult domain) =>
        domain is { Profile: SendingProfile.Sends, DkimStatus: PartStatus.NotFound } && !LacksKeys(domain)
            ? GradeVerdict.Of(nameof(DkimUnknown), null, domain)
            : null;

    /// <summary>There are keys, but no signature can pass with them.</summary>
    public static GradeVerdict? DkimInvalid(MailDomainResult domain)
    {
        Finding? worst = GradeVerdict.Worst(domain.Dkim.SelectMany(key => key.Findings));
        return domain is { DkimStatus: PartStatus.Invalid, Profile: SendingProfile.Sends }
            ? GradeVerdict.Of(
                nameof(DkimInvalid), MailDomainGrade.B, domain, string.Join(", ", domain.DkimSelector), worst?.Message, worst?.Remedy)
            : null;
    }

    /// <summary>A key is shorter than recommended (RFC 8301 §3.2).</summary>
    public static GradeVerdict? DkimKeyShort(MailDomainResult domain) =>
        domain.Dkim.FirstOrDefault(key =>
            key is { Status: DkimKeyStatus.Valid, KeyType: DkimKeyType.Rsa, KeySize: < RecommendedBits }) is { } key
            ? GradeVerdict.Of(nameof(DkimKeyShort), null, domain, key.Selector, key.KeySize)
            : null;

    /// <summary>The alias of a key is dangling, so anyone who registers the target can sign.</summary>
    public static GradeVerdict? DkimDangling(MailDomainResult domain) =>
        domain.Dkim.FirstOrDefault(key => key.Status == DkimKeyStatus.Dangling) is { } key
            ? GradeVerdict.Of(nameof(DkimDangling), MailDomainGrade.B, domain, key.Name, key.Target)
            : null;

    /// <summary>A parked domain could declare all keys invalid.</summary>
    public static GradeVerdict? DkimWildcard(MailDomainResult domain) =>
        domain is { Profile: SendingProfile.Parked, DkimStatus: PartStatus.NotFound }
            ? GradeVerdict.Of(nameof(DkimWildcard), null, domain).WithText("*._domainkey." + domain.Domain, "v=DKIM1; p=")
            : null;

    /// <summary>True if there can be no key, even at selectors that were not queried.</summary>
    public static bool LacksKeys(MailDomainResult domain) =>
        domain.DkimStatus == PartStatus.NotFound && domain.Dkim.Any(key => key.IsDomainWithoutKeys);
}
