using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>Finds the sending service of a source.</summary>
internal static class ServiceFinder
{
    /// <summary>The service: by look-ups if available, else by the domains that pass. Null if unknown.</summary>
    public static SendingService? FindOf(
        this SendingServices services, SourceEvidence evidence, SourceResult? resolved) =>
        resolved is { Service.Length: > 0 } ? services.FindByName(resolved.Service) : services.FindOf(evidence).Service;

    /// <summary>The service by the domains that pass DKIM, otherwise SPF, and the sign of it.</summary>
    public static (SendingService? Service, ServiceSign Sign) FindOf(
        this SendingServices services, SourceEvidence evidence)
    {
        if (Find(evidence.DkimPassing, services.FindByDkimDomain) is { } signer)
        {
            return (signer, ServiceSign.DkimDomain);
        }

        SendingService? bouncer = Find(evidence.SpfPassing, services.FindByMailFromDomain);
        return (bouncer, bouncer is null ? ServiceSign.None : ServiceSign.MailFromDomain);

        SendingService? Find(IEnumerable<string> domains, Func<string?, SendingService?> serviceOf) => domains
            .Where(domain => !evidence.IsOwn(domain))
            .Select(serviceOf)
            .FirstOrDefault(service => service is not null);
    }
}
