using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>Infers the use of a domain from its records.</summary>
internal static class ProfileInference
{
    /// <summary>True if a reason says that the profile was given, in any language.</summary>
    public static bool IsGiven(string reason) => reason == Strings.Profile_Given || reason == GivenIn("") || reason == GivenIn("ja");

    private static string? GivenIn(string language) =>
        Strings.ResourceManager.GetString(nameof(Strings.Profile_Given), CultureInfo.GetCultureInfo(language));

    /// <summary>The profile, and its basis.</summary>
    public static (SendingProfile Profile, string Reason) Infer(MailDomainResult domain)
    {
        bool spfKnown = domain.Spf is { Status: not SpfRecordStatus.DnsFailure };
        bool mxKnown = domain.Mx is { Status: not PartStatus.DnsFailure };
        if (domain.Dkim.FirstOrDefault(key => key.Status == DkimKeyStatus.Valid) is { } key)
        {
            return (SendingProfile.Sends, Sentences.Fill(Strings.Profile_HasKey, key.Selector));
        }

        if (spfKnown
            && domain.Spf!.Status is not (SpfRecordStatus.NotFound or SpfRecordStatus.DomainNotFound)
            && !SpfReading.AllowsNobody(domain.Spf))
        {
            // If a term that could allow senders is unknown, so is the whole record, unless it is invalid in any case.
            bool isOpen = SpfReading.IsPartial(domain.Spf) && domain.Spf.Validity != false;
            return isOpen && domain.Spf.Networks.Count == 0
                ? (SendingProfile.Unknown, Strings.Profile_NotKnown)
                : (SendingProfile.Sends, domain.Spf.Validity == true || isOpen ? Strings.Profile_SpfAllows : Strings.Profile_SpfBroken);
        }

        if (!spfKnown || !mxKnown)
        {
            return (SendingProfile.Unknown, Strings.Profile_NotKnown);
        }

        bool takesMail = domain.Mx!.Status is PartStatus.Found or PartStatus.Invalid;
        bool hasSpf = domain.Spf!.Status == SpfRecordStatus.Found;
        return (takesMail, hasSpf, domain.Mx.Status) switch
        {
            (true, true, _) => (SendingProfile.ReceivesOnly, Strings.Profile_ReceivesOnly),
            (true, false, _) => (SendingProfile.Sends, Strings.Profile_TakesMail),
            (false, _, PartStatus.Declined) => (SendingProfile.Parked, Strings.Profile_NullMx),
            (false, true, _) => (SendingProfile.Parked, Strings.Profile_ParkedSpf),
            _ => (SendingProfile.Parked, Strings.Profile_Nothing),
        };
    }
}
