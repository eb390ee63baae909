using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// Detects whether a domain uses the services in its record: by mail exchanges, DKIM selectors, verification records.
/// Only a service with the same selectors for all customers can be certainly unused.
/// </summary>
internal static class SpfServiceSigns
{
    private const int MaximumQueries = 24;

    /// <summary>The services of which all signs were looked up and are missing.</summary>
    /// <remarks>A failed look-up leaves it open.</remarks>
    public static async Task<IReadOnlyCollection<SendingService>> FindUnusedAsync(
        SpfCrawler crawler, SpfDomainFacts root)
    {
        SendingService[] services =
        [
            .. root.Terms
                .Where(term => term is { IsEffective: true, Term.Kind: SpfTermKind.Include })
                .Select(term => SendingServices.Default.FindBySpfDomain(term.Target))
                .OfType<SendingService>()
                .Where(service => service.DkimSelectors.Count > 0)
                .Distinct(),
        ];
        if (services.Length == 0 || !root.Response.Status.IsAnswer())
        {
            return [];
        }

        Task<DnsResponse> exchanges = crawler.AskLintAsync(root.Domain, DnsRecordType.MX);
        int queries = 0;
        (SendingService Service, Task<DnsResponse[]> Keys)[] judged =
        [
            .. services
                .TakeWhile(service => (queries += service.DkimSelectors.Count) <= MaximumQueries)
                .Select(service => (service, Task.WhenAll(service.DkimSelectors.Select(selector =>
                    crawler.AskLintAsync(selector + "._domainkey." + root.Domain, DnsRecordType.TXT))))),
        ];
        await Task.WhenAll(judged.Select(each => each.Keys)).ConfigureAwait(false);
        DnsResponse mx = await exchanges.ConfigureAwait(false);
        return !mx.Status.IsAnswer() ? [] :
        [
            .. judged
                .Where(each => !HasExchange(mx, each.Service)
                    && !HasVerification(root.Response, each.Service)
                    && each.Keys.Result.All(IsAbsent))
                .Select(each => each.Service),
        ];
    }

    /// <summary>A dangling alias is still a sign: the domain was prepared for the service.</summary>
    private static bool IsAbsent(DnsResponse response) => response.Status.IsVoid() && response.CnamePath.Count == 0;

    private static bool HasExchange(DnsResponse response, SendingService service) => response.Records.OfType<MxRecord>()
        .Any(mx => service.MxDomains.Any(domain => TargetName.IsEqualToOrBelow(mx.Exchange, domain)));

    private static bool HasVerification(DnsResponse response, SendingService service) =>
        response.Records.OfType<TxtRecord>().Any(record =>
            service.VerificationPrefixes.Any(prefix => record.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
