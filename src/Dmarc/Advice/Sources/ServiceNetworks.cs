using Dmarc.Advice.Records;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The addresses of known services, from the SPF records that they have their customers include: as these are today. They are
/// read when they are first needed, and once.
/// </summary>
internal sealed class ServiceNetworks
{
    private readonly Lazy<Task<Entries>> _entries;

    /// <param name="resolver">Where the records are asked for.</param>
    /// <param name="services">The services.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public ServiceNetworks(IDnsResolver resolver, SendingServices services, CancellationToken cancellationToken)
    {
        _entries = new Lazy<Task<Entries>>(() => ReadAsync(resolver, services, cancellationToken));
    }

    /// <summary>The service whose record lets an address pass; null if none does.</summary>
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

    /// <summary>The names whose records could not be asked for, so that their services are not recognised.</summary>
    public async Task<PrintableList<string>> FindFailuresAsync() => (await _entries.Value.ConfigureAwait(false)).Failures;

    private static async Task<Entries> ReadAsync(IDnsResolver resolver, SendingServices services, CancellationToken cancellationToken)
    {
        // What is wrong with a service's record is not told here.
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
            results.Where(result => result.Result.Status == SpfRecordStatus.DnsFailure).Select(result => result.Result.Domain).ToPrintableList());
    }

    /// <summary>What the terms list themselves: a service that includes another one sends through it, but the addresses stay the other one's.</summary>
    private static IEnumerable<AddressBlock> Blocks(IEnumerable<SpfTermResult> terms, SendingService service)
    {
        foreach (SpfTermResult term in terms.Where(term => term is { IsEffective: true, IsLoop: false, DependsOnMessage: false, Qualifier: SpfQualifier.Pass }))
        {
            IEnumerable<AddressBlock> blocks = term.Kind switch
            {
                SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.A or SpfTermKind.Mx => term.Addresses,
                SpfTermKind.Include or SpfTermKind.Redirect when term.Service.Length == 0 || term.Service == service.Name => Blocks(term.Terms, service),
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
