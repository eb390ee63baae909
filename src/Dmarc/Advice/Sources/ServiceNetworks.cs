using Dmarc.Advice.Records;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The current addresses of known services, from the SPF records that customers include. They are read once, on first
/// use.
/// </summary>
internal sealed class ServiceNetworks
{
    private readonly Lazy<Task<Entries>> _entries;

    public ServiceNetworks(IDnsResolver resolver, SendingServices services, CancellationToken cancellationToken)
    {
        _entries = new Lazy<Task<Entries>>(() => ReadAsync(resolver, services, cancellationToken));
    }

    /// <summary>The service whose record passes an address; null if there is none.</summary>
    public async Task<SendingService?> FindAsync(AddressNumber address)
    {
        Entries entries = await _entries.Value.ConfigureAwait(false);
        foreach ((SendingService service, AddressSet addresses) in entries.Services)
        {
            if (addresses.Contains(address))
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>The names with failed look-ups, whose services are not recognised.</summary>
    public async Task<PrintableList<string>> FindFailuresAsync() => (await _entries.Value.ConfigureAwait(false)).Failures;

    private static async Task<Entries> ReadAsync(IDnsResolver resolver, SendingServices services, CancellationToken cancellationToken)
    {
        // Problems of a service's record are not reported here.
        SpfAnalysisRequest request = new() { AsksLint = false };
        SpfAnalyzer analyzer = new(resolver);
        (SendingService Service, SpfResult Result)[] results = await Task.WhenAll(services.All
            .SelectMany(service => service.SpfDomains.Select(domain => (service, domain)))
            .Where(pair => DomainName.TryParse(pair.domain, out _))
            .Select(async pair => (pair.service, await analyzer.AnalyzeAsync(DomainName.Parse(pair.domain), request, cancellationToken).ConfigureAwait(false))))
            .ConfigureAwait(false);
        return new Entries(
            [
                .. results.GroupBy(result => result.Service)
                    .Select(group => (group.Key, Addresses: AddressSet.Of(group.SelectMany(result => Blocks(result.Result.Terms, group.Key)))))
                    .Where(entry => !entry.Addresses.IsEmpty)
            ],
            results.Where(result => result.Result.Status == SpfRecordStatus.DnsFailure)
                .Select(result => result.Result.Domain)
                .ToPrintableList());
    }

    /// <summary>
    /// Only the terms' own addresses: a service may send through an included one, which keeps its own.
    /// </summary>
    private static IEnumerable<AddressBlock> Blocks(IEnumerable<SpfTermResult> terms, SendingService service)
    {
        foreach (SpfTermResult term in
            terms.Where(term =>
                term is { IsEffective: true, IsLoop: false, DependsOnMessage: false, Qualifier: SpfQualifier.Pass }))
        {
            IEnumerable<AddressBlock> blocks = term.Kind switch
            {
                SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.A or SpfTermKind.Mx => term.Addresses,
                SpfTermKind.Include or SpfTermKind.Redirect when term.Service.Length == 0
                    || term.Service == service.Name =>
                    Blocks(term.Terms, service),
                _ => [],
            };
            foreach (AddressBlock block in blocks)
            {
                if (block.PrefixLength >= (block.IsIPv6 ? 16 : 8))
                {
                    yield return block;
                }
            }
        }
    }

    private sealed record Entries(IReadOnlyList<(SendingService Service, AddressSet Addresses)> Services, PrintableList<string> Failures);
}
