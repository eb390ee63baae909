using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>Finds the sending service of a source.</summary>
internal static class ServiceFinder
{
    /// <summary>The service: by look-ups if available, else by the domains that pass. Null if unknown.</summary>
    public static SendingService? FindOf(this SendingServices services, SourceEvidence evidence, SourceResult? resolved)
    {
        if (resolved is { Service.Length: > 0 })
        {
            return services.FindByName(resolved.Service);
        }

        return services.FindOf(evidence, out _);
    }

    /// <summary>The service by the domains that pass DKIM, otherwise SPF.</summary>
    public static SendingService? FindOf(this SendingServices services, SourceEvidence evidence, out ServiceSign sign)
    {
        foreach (string domain in evidence.DkimPassing)
        {
            if (!evidence.IsOwn(domain) && services.FindByDkimDomain(domain) is { } signer)
            {
                sign = ServiceSign.DkimDomain;
                return signer;
            }
        }

        foreach (string domain in evidence.SpfPassing)
        {
            if (!evidence.IsOwn(domain) && services.FindByMailFromDomain(domain) is { } bouncer)
            {
                sign = ServiceSign.MailFromDomain;
                return bouncer;
            }
        }

        sign = ServiceSign.None;
        return null;
    }
}
