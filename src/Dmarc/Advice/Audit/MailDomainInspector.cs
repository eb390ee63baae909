using Dmarc.Advice.Audit.Tls;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dane;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.TlsReporting;

namespace Dmarc.Advice.Audit;

/// <summary>
/// Inspects a domain's mail configuration in DNS, and on the web where DNS refers to it; all parts concurrently. One
/// inspector should serve many domains; thread-safe.
/// </summary>
internal sealed class MailDomainInspector
{
    private readonly IDnsResolver _resolver;
    private readonly MailDomainOptions _options;
    private readonly SpfAnalyzer _spf;
    private readonly DmarcRecordInspector _dmarc;
    private readonly DmarcRecordInspector _dmarcWithProbes;
    private readonly DkimKeyInspector _dkim;
    private readonly MxInspector _exchanges;
    private readonly MtaStsInspector _mtaSts;
    private readonly TlsRptInspector _tlsRpt;
    private readonly BimiInspector _bimi;
    private readonly DaneInspector _dane;
    private readonly DnssecInspector _dnssec;
    private readonly TlsInspector _tls;
    private readonly PrintableList<MailDomainPart> _checkedParts;

    /// <summary>An inspector.</summary>
    /// <param name="resolver">The resolver; it should cache answers that domains share.</param>
    /// <param name="options">The options; null to inspect everything.</param>
    public MailDomainInspector(IDnsResolver resolver, MailDomainOptions? options = null)
    {
        _resolver = resolver;
        _options = options ?? new MailDomainOptions();
        IHttpsFetcher fetcher = _options.Fetcher ?? new HttpsFetcher(resolver, _options.HttpsTimeout, _options.AllowPrivateAddresses);
        _spf = new SpfAnalyzer(resolver);
        _dmarc = new DmarcRecordInspector(resolver, new DmarcInspectionOptions { ProbeWrongNames = false, FindReportDomain = true });
        _dmarcWithProbes = new DmarcRecordInspector(resolver, new DmarcInspectionOptions { FindReportDomain = true });
        _dkim = new DkimKeyInspector(resolver);
        _exchanges = new MxInspector(resolver, _options.Has(MailDomainPart.ReverseDns));
        _mtaSts = new MtaStsInspector(resolver, _options.Has(MailDomainPart.MtaStsPolicy) ? fetcher : null, _options.Clock);
        _tlsRpt = new TlsRptInspector(resolver);
        _bimi = new BimiInspector(resolver, _options.Has(MailDomainPart.BimiFiles) ? fetcher : null, _options.Clock);
        _dane = new DaneInspector(resolver);
        _dnssec = new DnssecInspector(resolver, _options.ProbeValidation);
        _tls = new TlsInspector(_options.TlsSeam, _options.TlsTimeout, _options.AllowPrivateAddresses, _options.Clock);
        _checkedParts = MailDomainParts.Split(_options.Parts);
    }

    /// <summary>Inspects a domain. Every failure is a result; only cancellation throws.</summary>
    public async Task<MailDomainResult> InspectAsync(DomainName domain, CancellationToken cancellationToken = default)
    {
        Task<DnsResponse> exchanges = _resolver.QueryAsync(domain.ToString(), DnsRecordType.MX, cancellationToken).AsTask();
        Task<SpfResult?> spf = Start(MailDomainPart.Spf, InspectSpfAsync);
        Task<DmarcRecordResult?> dmarc = Start(MailDomainPart.Dmarc, InspectDmarcAsync);
        Task<DkimKeySearch?> dkim = Start(
            MailDomainPart.Dkim,
            () => _dkim.SearchAsync(domain, _options.Selectors, isNarrowed: true, cancellationToken));
        Task<MxResult?> mx = Start(
            MailDomainPart.Mx | MailDomainPart.ReverseDns,
            async () => await _exchanges.InspectAsync(domain, await exchanges.ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false));
        Task<IReadOnlyList<string>> hosts = FindHostsAsync();
        Task<MtaStsResult?> mtaSts = Start(
            MailDomainPart.MtaSts | MailDomainPart.MtaStsPolicy,
            () => _mtaSts.InspectAsync(domain, hosts, cancellationToken));
        Task<TlsRptResult?> tlsRpt =
            Start(MailDomainPart.TlsRpt, () => _tlsRpt.InspectAsync(domain, cancellationToken));
        Task<BimiResult?> bimi = Start(
            MailDomainPart.Bimi | MailDomainPart.BimiFiles, () => _bimi.InspectAsync(domain, dmarc, cancellationToken));
        Task<DaneResult?> dane = Start(MailDomainPart.Dane, InspectDaneAsync);
        Task<TlsResult?> tls = Start(MailDomainPart.Tls, async () => await _tls.InspectAsync(
            domain,
            await mx.ConfigureAwait(false),
            await mtaSts.ConfigureAwait(false),
            await dane.ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false));
        Task<DnssecState> dnssec = _options.Has(MailDomainPart.Dnssec)
            ? _dnssec.InspectAsync(exchanges, cancellationToken)
            : Task.FromResult(DnssecState.NotChecked);

        MailDomainResult result = new()
        {
            Domain = domain.ToString(),
            Status = MailDomainStatus.Complete,
            Mx = await mx.ConfigureAwait(false),
            Spf = await spf.ConfigureAwait(false),
            Dmarc = await dmarc.ConfigureAwait(false),
            Dkim = (await dkim.ConfigureAwait(false))?.Results ?? PrintableList<DkimKeyResult>.Empty,
            DkimSelectorTried = (await dkim.ConfigureAwait(false))?.Tried ?? PrintableList<string>.Empty,
            CheckedParts = _checkedParts,
            MtaSts = await mtaSts.ConfigureAwait(false),
            TlsRpt = await tlsRpt.ConfigureAwait(false),
            Bimi = await bimi.ConfigureAwait(false),
            Dane = await dane.ConfigureAwait(false),
            Tls = await tls.ConfigureAwait(false),
            Dnssec = await dnssec.ConfigureAwait(false),
        };
        return MailDomainAssessor.Complete(WithDomain(result), await exchanges.ConfigureAwait(false), _options);

        async Task<T?> Start<T>(MailDomainPart part, Func<Task<T>> work)
            where T : class => _options.Has(part) ? await work().ConfigureAwait(false) : null;

        async Task<IReadOnlyList<string>> FindHostsAsync()
        {
            DnsResponse response = await exchanges.ConfigureAwait(false);
            string[] named =
                [.. MxInspector.Records(response).Select(record => record.Exchange).Where(name => name.Length > 0).Take(MxInspector.MaximumHosts)];
            return named.Length > 0 || response.Records.Count > 0 || !response.Status.IsAnswer() ? named
                : await mx.ConfigureAwait(false) is { IsImplicit: true } ? [domain.ToString()]
                : [];
        }

        async Task<DaneResult> InspectDaneAsync()
        {
            IReadOnlyList<string> names = await hosts.ConfigureAwait(false);
            DnsResponse response = await exchanges.ConfigureAwait(false);
            return await _dane.InspectAsync(domain, names, response.AuthenticatedData, cancellationToken).ConfigureAwait(false);
        }

        async Task<SpfResult> InspectSpfAsync() =>
            WithTermsInOneList(await _spf.AnalyzeAsync(domain, null, cancellationToken).ConfigureAwait(false));

        async Task<DmarcRecordResult> InspectDmarcAsync()
        {
            DmarcRecordResult found = await _dmarc.InspectAsync(domain, cancellationToken).ConfigureAwait(false);

            // A misplaced record matters only if none is found; all earlier answers come from the cache.
            return _options.ProbeWrongNames && found.Status == DmarcRecordStatus.NotFound
                ? await _dmarcWithProbes.InspectAsync(domain, cancellationToken).ConfigureAwait(false)
                : found;
        }
    }

    /// <summary>The parts whose findings do not yet contain the domain.</summary>
    private static MailDomainResult WithDomain(MailDomainResult result) => result with
    {
        Mx = result.Mx is { } mx ? mx with { Findings = mx.Findings.About(result.Domain) } : null,
        MtaSts = result.MtaSts is { } mtaSts ? mtaSts with { Findings = mtaSts.Findings.About(result.Domain) } : null,
        TlsRpt = result.TlsRpt is { } tlsRpt ? tlsRpt with { Findings = tlsRpt.Findings.About(result.Domain) } : null,
        Bimi = result.Bimi is { } bimi ? bimi with { Findings = bimi.Findings.About(result.Domain) } : null,
        Dane = result.Dane is { } dane ? dane with { Findings = dane.Findings.About(result.Domain) } : null,
        Tls = result.Tls is { } tls ? tls with { Findings = tls.Findings.About(result.Domain) } : null,
    };

    /// <summary>
    /// Lists the terms of included records after their include instead of inside it: within a whole domain, a tree
    /// would be too deep for <c>ConvertTo-Json -Depth 6</c>. The Depth of a term shows its level.
    /// </summary>
    private static SpfResult WithTermsInOneList(SpfResult result) =>
        result.Terms.All(term => term.Terms.Count == 0)
            ? result
            : result with
            {
                Terms = result.Terms
                    .SelectMany(term => term.SelfAndBelow())
                    .Select(term => term.Terms.Count == 0 ? term : term with { Terms = PrintableList<SpfTermResult>.Empty })
                    .ToPrintableList(),
            };
}
