using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>What a domain is used for, by what it publishes.</summary>
internal static class ProfileInference
{
    /// <summary>The profile, and how it is known.</summary>
    public static (SendingProfile Profile, string Reason) Infer(MailDomainResult domain)
    {
        bool spfKnown = domain.Spf is { Status: not SpfRecordStatus.DnsFailure };
        bool mxKnown = domain.Mx is { Status: not PartStatus.DnsFailure };
        if (domain.Dkim.FirstOrDefault(key => key.Status == DkimKeyStatus.Valid) is { } key)
        {
            return (SendingProfile.Sends, string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Profile_HasKey, key.Selector));
        }

        if (spfKnown && domain.Spf!.Status is not (SpfRecordStatus.NotFound or SpfRecordStatus.DomainNotFound) && !SpfReading.AllowsNobody(domain.Spf))
        {
            // Where a term is not known that could allow someone, neither is what the record says.
            return SpfReading.IsPartial(domain.Spf) && domain.Spf.Networks.Count == 0
                ? (SendingProfile.Unknown, Strings.Profile_NotKnown)
                : (SendingProfile.Sends, domain.Spf.Validity == true || SpfReading.IsPartial(domain.Spf) ? Strings.Profile_SpfAllows : Strings.Profile_SpfBroken);
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
