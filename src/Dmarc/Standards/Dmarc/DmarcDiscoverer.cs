using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Finds the record that applies to a domain (RFC 9989 §4.10.1, or RFC 7489 §6.6.3). All look-ups of one search are
/// sent concurrently, so it takes one round trip; answers beyond the point where the standard stops are discarded.
/// </summary>
internal sealed class DmarcDiscoverer(
    IDnsResolver resolver,
    DiscoveryMethod method = DiscoveryMethod.TreeWalk,
    IOrganizationalDomainSource? suffixes = null)
{
    private readonly IOrganizationalDomainSource _suffixes = suffixes ?? PublicSuffixList.Default;

    /// <summary>Finds the record that applies to a domain.</summary>
    public async Task<DmarcDiscovery> DiscoverAsync(DomainName domain, CancellationToken cancellationToken = default)
    {
        // The MX query shows whether the domain exists: NXDOMAIN holds for every type, the answer is small,
        // and resolvers that replace NXDOMAIN with an address of their own do so only for A.
        Task<DnsResponse> existence =
            resolver.QueryAsync(domain.ToString(), DnsRecordType.MX, cancellationToken).AsTask();
        DmarcWalkStep[] steps = await AskAsync(GetDomains(domain), cancellationToken).ConfigureAwait(false);
        DnsStatus existing = (await existence.ConfigureAwait(false)).Status;
        bool? exists = existing switch
        {
            DnsStatus.NxDomain => false,
            DnsStatus.NoError or DnsStatus.NoData => true,
            _ => null,
        };
        return DmarcPolicySelection.Select(domain, method, steps, _suffixes, exists) with
        {
            ExistenceFailure = existing.ToDnsFailure(),
        };
    }

    /// <summary>
    /// Finds the Organizational Domain (RFC 9989 §4.10.2) of an authenticated identifier or a report's destination.
    /// </summary>
    /// <returns>The Organizational Domain; null if a deciding look-up failed.</returns>
    public async Task<DomainName?> FindOrganizationalDomainAsync(DomainName name, CancellationToken cancellationToken = default)
    {
        if (method == DiscoveryMethod.PublicSuffixList)
        {
            return _suffixes.GetOrganizationalDomain(name);
        }

        DmarcWalkStep[] steps = await AskAsync(DmarcTreeWalk.GetDomains(name), cancellationToken).ConfigureAwait(false);
        ArraySegment<DmarcWalkStep> walk = new(steps, 0, DmarcTreeWalk.CountUntilStop(steps));
        return walk.Any(step => DmarcPolicySelection.IsDecidingFailure(step, _suffixes))
            ? null
            : DmarcTreeWalk.GetOrganizationalDomain(name, walk);
    }

    private List<DomainName> GetDomains(DomainName domain)
    {
        if (method == DiscoveryMethod.TreeWalk)
        {
            return DmarcTreeWalk.GetDomains(domain);
        }

        DomainName organization = _suffixes.GetOrganizationalDomain(domain);
        return organization == domain ? [domain] : [domain, organization];
    }

    private Task<DmarcWalkStep[]> AskAsync(List<DomainName> domains, CancellationToken cancellationToken) =>
        Task.WhenAll(domains.ConvertAll(domain => AskAsync(domain, cancellationToken)));

    private async Task<DmarcWalkStep> AskAsync(DomainName domain, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver
            .QueryAsync("_dmarc." + domain, DnsRecordType.TXT, cancellationToken)
            .ConfigureAwait(false);
        return DmarcWalkStep.Read(domain, response);
    }
}
