using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>Queries the DNS facts about Direct Send: one round trip, and another for endpoints found in it.</summary>
internal sealed class DirectSendCollector(IDnsResolver resolver)
{
    private const int MaximumEndpoints = 12;

    private static readonly string[] Selectors = ["selector1", "selector2"];

    private readonly DmarcRecordInspector _dmarc =
        new(resolver, new DmarcInspectionOptions { ProbeWrongNames = false, CheckReportDestinations = false });

    /// <summary>Also inspects what a step depends on; only for domains that need one.</summary>
    private readonly DmarcRecordInspector _dmarcForSteps =
        new(resolver, new DmarcInspectionOptions { ProbeWrongNames = false, FindReportDomain = true });

    /// <summary>Collects the facts.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="parent">An accepted parent domain whose endpoint also accepts its mail, or null.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<DirectSendDnsFacts> CollectAsync(DomainName domain, DomainName? parent, CancellationToken cancellationToken)
    {
        Task<DnsResponse> mx = AskAsync(domain.ToString(), DnsRecordType.MX);
        Task<DmarcRecordResult> dmarc = InspectDmarcAsync(domain, cancellationToken);
        Task<SpfSummary> spf = SpfSummary.LookAsync(resolver, domain, cancellationToken);
        Task<DnsResponse> autodiscover = AskAsync("autodiscover." + domain, DnsRecordType.A);
        Task<DnsResponse>[] dkim =
            [.. Selectors.Concat(MicrosoftDomains.SelectorsOf(domain)).Select(selector => AskAsync(selector + "._domainkey." + domain, DnsRecordType.TXT))];
        EndpointList endpoints = new(AskEndpointAsync);
        endpoints.Add(EndpointNames.Derive(domain, MicrosoftCloud.Worldwide), EndpointSource.Derived);
        endpoints.Add(parent is null ? null : EndpointNames.Derive(parent, MicrosoftCloud.Worldwide), EndpointSource.Derived);

        SpfSummary summary = await spf.ConfigureAwait(false);
        DnsResponse exchanges = await mx.ConfigureAwait(false);
        DnsResponse[] keys = await Task.WhenAll(dkim).ConfigureAwait(false);
        DnsResponse outlook = await autodiscover.ConfigureAwait(false);
        List<TenantSign> signs = [];
        foreach (string host in EndpointsIn(exchanges))
        {
            signs.Add(new TenantSign(TenantSignKind.MailExchange, "MX " + domain, host));
            endpoints.Add(host, EndpointSource.MailExchange);
        }

        foreach (MicrosoftCloud cloud in MicrosoftCloud.All)
        {
            if (summary.Includes.Contains(cloud.SpfDomain, StringComparer.OrdinalIgnoreCase))
            {
                signs.Add(new TenantSign(TenantSignKind.SpfInclude, "TXT " + domain, "include:" + cloud.SpfDomain));
                endpoints.Add(EndpointNames.Derive(domain, cloud), EndpointSource.Derived);
            }
        }

        Task<DnsResponse>? tenantMx = null;
        foreach (DnsResponse key in keys)
        {
            if (AliasOf(key, EndpointNames.IsDkimTarget) is { } target)
            {
                signs.Add(new TenantSign(TenantSignKind.DkimAlias, "CNAME " + key.Name, target));
                tenantMx ??= EndpointNames.TenantDomainOf(target) is { } tenant
                    ? AskAsync(tenant.ToString(), DnsRecordType.MX)
                    : null;
            }
        }

        AddOtherSigns(domain, summary, outlook, signs);
        DnsResponse? tenantExchanges = tenantMx is null ? null : await tenantMx.ConfigureAwait(false);
        foreach (string host in tenantExchanges is null ? [] : EndpointsIn(tenantExchanges))
        {
            endpoints.Add(host, EndpointSource.TenantDomain);
        }

        (DirectSendEndpoint Endpoint, DnsResponse Response)[] found = await endpoints.GetAsync().ConfigureAwait(false);
        signs.AddRange(found
            .Where(one => one.Endpoint is { Source: EndpointSource.Derived, Resolves: true })
            .Select(one => new TenantSign(TenantSignKind.Endpoint, "A " + one.Endpoint.Host, string.Join(", ", one.Endpoint.Addresses))));
        return new DirectSendDnsFacts
        {
            Domain = domain,
            MxResponse = exchanges,
            Spf = summary,
            Dmarc = await dmarc.ConfigureAwait(false),
            Endpoints = found.Select(one => one.Endpoint).ToPrintableList(),
            Signs = signs.ToPrintableList(),
            DkimKeys = keys.ToPrintableList(),
            Failures = new[] { exchanges, summary.Failure, outlook, tenantExchanges }
                .Concat(found.Select(one => one.Response))
                .Concat(keys)
                .OfType<DnsResponse>()
                .Where(response => !response.Status.IsAnswer())
                .Distinct()
                .ToPrintableList(),
        };

        Task<DnsResponse> AskAsync(string name, DnsRecordType type) => resolver.QueryAsync(name, type, cancellationToken).AsTask();

        async Task<DnsResponse> AskEndpointAsync(string host)
        {
            DnsResponse response = await AskAsync(host, DnsRecordType.A).ConfigureAwait(false);
            return response.Status == DnsStatus.NoData ? await AskAsync(host, DnsRecordType.AAAA).ConfigureAwait(false) : response;
        }
    }

    /// <summary>The endpoints among the mail exchanges of an answer, most preferred first.</summary>
    private static IEnumerable<string> EndpointsIn(DnsResponse exchanges) => exchanges.Records
        .OfType<MxRecord>()
        .OrderBy(record => record.Preference)
        .Select(record => record.Exchange.TrimEnd('.'))
        .Where(EndpointNames.IsEndpoint);

    private static string? AliasOf(DnsResponse response, Func<string, bool> isTarget) =>
        response.CnamePath.Select(name => name.TrimEnd('.')).FirstOrDefault(isTarget);

    private static void AddOtherSigns(DomainName domain, SpfSummary summary, DnsResponse outlook, List<TenantSign> signs)
    {
        if (AliasOf(outlook, EndpointNames.IsAutodiscoverTarget) is { } target)
        {
            signs.Add(new TenantSign(TenantSignKind.Autodiscover, "CNAME autodiscover." + domain, target));
        }

        TxtRecord? verification = summary.Response.Records.OfType<TxtRecord>()
            .FirstOrDefault(record => record.Text.StartsWith("MS=", StringComparison.OrdinalIgnoreCase)
                && record.Text.Length is > 3 and <= 64);
        if (verification is not null)
        {
            signs.Add(new TenantSign(TenantSignKind.Verification, "TXT " + domain, verification.Text));
        }
    }

    /// <summary>The record and, without an enforced policy, the data for the next step; mostly cached.</summary>
    private async Task<DmarcRecordResult> InspectDmarcAsync(DomainName domain, CancellationToken cancellationToken)
    {
        DmarcRecordResult found = await _dmarc.InspectAsync(domain, cancellationToken).ConfigureAwait(false);
        bool isEnforced = found is { EffectivePolicy: DmarcPolicy.Quarantine or DmarcPolicy.Reject, Percentage: 100 };
        return isEnforced || found.Status == DmarcRecordStatus.DnsFailure
            ? found
            : await _dmarcForSteps.InspectAsync(domain, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The endpoints to inspect, each queried once as soon as it is known.</summary>
    private sealed class EndpointList(Func<string, Task<DnsResponse>> ask)
    {
        private readonly List<(string Host, EndpointSource Source, Task<DnsResponse> Query)> _queries = [];

        public void Add(string? host, EndpointSource source)
        {
            if (host is null)
            {
                return;
            }

            int known = _queries.FindIndex(query => string.Equals(query.Host, host, StringComparison.OrdinalIgnoreCase));
            if (known >= 0)
            {
                // Being a mail exchange is stronger evidence than a derived name.
                _queries[known] = _queries[known] with { Source = source < _queries[known].Source ? source : _queries[known].Source };
            }
            else if (_queries.Count < MaximumEndpoints)
            {
                _queries.Add((host.ToLowerInvariant(), source, ask(host)));
            }
        }

        public async Task<(DirectSendEndpoint Endpoint, DnsResponse Response)[]> GetAsync()
        {
            List<(DirectSendEndpoint Endpoint, DnsResponse Response)> found = [];
            foreach ((string host, EndpointSource source, Task<DnsResponse> query) in _queries)
            {
                DnsResponse response = await query.ConfigureAwait(false);
                found.Add((
                    new DirectSendEndpoint(host, source, response.Status)
                    {
                        Addresses = response.Records.OfType<AddressRecord>().Select(record => record.Address.ToString()).ToPrintableList(),
                    },
                    response));
            }

            return [.. found.OrderBy(one => one.Endpoint.Source)];
        }
    }
}
