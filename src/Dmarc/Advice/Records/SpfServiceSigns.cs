using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// Detects whether a domain uses the services in its record: by mail exchanges, DKIM selectors, verification records.
/// Only a service with the same selectors for all customers can be certainly unused.
/// </summary>
internal sealed class SpfServiceSigns
{
    private const int MaximumQueries = 24;

    private readonly HashSet<SendingService> _unused;

    private SpfServiceSigns(IEnumerable<SendingService> unused) => _unused = [.. unused];

    public static SpfServiceSigns None { get; } = new([]);

    /// <summary>True if all signs were looked up and are missing; a failed look-up leaves it open.</summary>
    public bool IsUnused(SendingService service) => _unused.Contains(service);

    public static async Task<SpfServiceSigns> LookAsync(SpfCrawler crawler, SpfDomainFacts root)
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
            return None;
        }

        Task<DnsResponse> exchanges = crawler.AskLintAsync(root.Domain, DnsRecordType.MX);
        List<(SendingService Service, Task<DnsResponse> Query)> keys = [];
        List<SendingService> judged = [];
        foreach (SendingService service in services)
        {
            if (keys.Count + service.DkimSelectors.Count > MaximumQueries)
            {
                break;
            }

            judged.Add(service);
            foreach (string selector in service.DkimSelectors)
            {
                keys.Add((service, crawler.AskLintAsync(selector + "._domainkey." + root.Domain, DnsRecordType.TXT)));
            }
        }

        await Task.WhenAll(keys.Select(key => (Task)key.Query)).ConfigureAwait(false);
        DnsResponse mx = await exchanges.ConfigureAwait(false);
        return new SpfServiceSigns(judged.Where(service =>
            mx.Status.IsAnswer()
            && !HasExchange(mx, service)
            && !HasVerification(root.Response, service)
            && keys.Where(key => key.Service == service).All(key => IsAbsent(key.Query.Result))));
    }

    /// <summary>A dangling alias is still a sign: the domain was prepared for the service.</summary>
    private static bool IsAbsent(DnsResponse response) => response.Status.IsVoid() && response.CnamePath.Count == 0;

    private static bool HasExchange(DnsResponse response, SendingService service) =>
        response.Records.OfType<MxRecord>().Any(mx => service.MxDomains.Any(domain => TargetName.IsEqualToOrBelow(mx.Exchange, domain)));

    private static bool HasVerification(DnsResponse response, SendingService service) =>
        response.Records.OfType<TxtRecord>().Any(record =>
            service.VerificationPrefixes.Any(prefix => record.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
