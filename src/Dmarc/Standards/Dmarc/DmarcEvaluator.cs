using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Evaluates DMARC for the identifiers of a message (RFC 9989 §5.3; RFC 7489 §6.6 with the public suffix list). The
/// tree walks of all identifiers run concurrently with that of the Author Domain, so it takes one round trip.
/// </summary>
internal sealed class DmarcEvaluator(
    IDnsResolver resolver,
    DiscoveryMethod method = DiscoveryMethod.TreeWalk,
    IOrganizationalDomainSource? suffixes = null)
{
    private readonly DmarcDiscoverer _discoverer = new(resolver, method, suffixes);
    private readonly IOrganizationalDomainSource _suffixes = suffixes ?? PublicSuffixList.Default;

    /// <summary>Evaluates one message.</summary>
    public async Task<DmarcEvaluation> EvaluateAsync(
        DomainName authorDomain,
        IReadOnlyList<AuthenticatedIdentifier> spf,
        IReadOnlyList<AuthenticatedIdentifier> dkim,
        CancellationToken cancellationToken = default)
    {
        Task<DmarcDiscovery> discovering = _discoverer.DiscoverAsync(authorDomain, cancellationToken);
        Dictionary<DomainName, Task<DomainName?>> walks = StartWalks(authorDomain, spf.Concat(dkim), cancellationToken);
        DmarcDiscovery discovery = await discovering.ConfigureAwait(false);
        Dictionary<DomainName, DomainName?> organizations = [];
        foreach (KeyValuePair<DomainName, Task<DomainName?>> walk in walks)
        {
            organizations[walk.Key] = await walk.Value.ConfigureAwait(false);
        }

        return Evaluate(discovery, spf, dkim, organizations);
    }

    /// <summary>Evaluates identifiers against a record given as text, without a look-up.</summary>
    public DmarcEvaluation EvaluateText(
        DomainName authorDomain,
        string record,
        IReadOnlyList<AuthenticatedIdentifier> spf,
        IReadOnlyList<AuthenticatedIdentifier> dkim)
    {
        DmarcWalkStep step = DmarcWalkStep.Read(
            authorDomain,
            new DnsResponse("_dmarc." + authorDomain, DnsRecordType.TXT, DnsStatus.NoError)
            {
                Records = [new TxtRecord("_dmarc." + authorDomain, 0, [Encoding.UTF8.GetBytes(record)])],
            });
        DmarcDiscovery discovery = DmarcPolicySelection.Select(authorDomain, method, [step], _suffixes, true);
        if (step.ValidRecord is { PublicSuffixDomain: not PublicSuffixDomain.No })
        {
            discovery = discovery with { OrganizationalDomain = _suffixes.GetOrganizationalDomain(authorDomain) };
        }

        Dictionary<DomainName, DomainName?> organizations = [];
        foreach (AuthenticatedIdentifier identifier in spf.Concat(dkim))
        {
            // Names below a domain with psd=n belong to it; the list decides about all others.
            organizations[identifier.Domain] =
                discovery.OrganizationalDomain is { } own
                    && step.ValidRecord?.PublicSuffixDomain == PublicSuffixDomain.No
                    && identifier.Domain.IsEqualToOrBelow(own)
                    ? own
                    : _suffixes.GetOrganizationalDomain(identifier.Domain);
        }

        return Evaluate(discovery, spf, dkim, organizations);
    }

    private static DmarcEvaluation Evaluate(
        DmarcDiscovery discovery,
        IReadOnlyList<AuthenticatedIdentifier> spf,
        IReadOnlyList<AuthenticatedIdentifier> dkim,
        Dictionary<DomainName, DomainName?> organizations)
    {
        PrintableList<IdentifierAlignment> spfAlignments = Align(spf, discovery.Record?.SpfAlignment);
        PrintableList<IdentifierAlignment> dkimAlignments = Align(dkim, discovery.Record?.DkimAlignment);
        List<IdentifierAlignment> all = [.. spfAlignments, .. dkimAlignments];
        return new DmarcEvaluation
        {
            Discovery = discovery,
            Result = discovery.Status == DmarcRecordStatus.DnsFailure ? DmarcResult.TempError
                : discovery.Policy is null ? DmarcResult.None
                : all.Exists(alignment => alignment.Aligned == true) ? DmarcResult.Pass
                : all.Exists(alignment => alignment.Cause == IdentifierAlignmentCause.LookupFailed)
                    ? DmarcResult.TempError
                : DmarcResult.Fail,
            Spf = spfAlignments,
            Dkim = dkimAlignments,
        };

        PrintableList<IdentifierAlignment> Align(
            IReadOnlyList<AuthenticatedIdentifier> identifiers, AlignmentMode? mode) =>
            identifiers
                .Select(identifier => DmarcAlignment.Evaluate(discovery, identifier, mode, organizations))
                .ToPrintableList();
    }

    /// <summary>
    /// Starts a walk for each identifier that needs one, first for those in the author's organisation according to the
    /// public suffix list: if there are too many, others are skipped.
    /// </summary>
    private Dictionary<DomainName, Task<DomainName?>> StartWalks(
        DomainName authorDomain,
        IEnumerable<AuthenticatedIdentifier> identifiers,
        CancellationToken cancellationToken)
    {
        Dictionary<DomainName, Task<DomainName?>> walks = [];
        DomainName? organization = _suffixes.GetOrganizationalDomain(authorDomain);
        foreach (AuthenticatedIdentifier identifier in identifiers
            .Where(identifier => DmarcAlignment.NeedsWalk(authorDomain, identifier))
            .OrderBy(identifier => organization is not null && identifier.Domain.IsEqualToOrBelow(organization) ? 0 : 1))
        {
            if (!walks.ContainsKey(identifier.Domain) && walks.Count < DmarcLimits.IdentifierWalks)
            {
                walks.Add(identifier.Domain, _discoverer.FindOrganizationalDomainAsync(identifier.Domain, cancellationToken));
            }
        }

        return walks;
    }
}
