using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Checks if report destinations outside the organisation authorize the reports (RFC 9990 §4). All look-ups of one
/// record are sent concurrently.
/// </summary>
internal sealed class DmarcReportAuthorizer
{
    private readonly IDnsResolver _resolver;
    private readonly DmarcDiscoverer _discoverer;

    /// <summary>An authorizer.</summary>
    /// <param name="resolver">The resolver.</param>
    /// <param name="discoverer">Finds Organizational Domains; null for the tree walk.</param>
    public DmarcReportAuthorizer(IDnsResolver resolver, DmarcDiscoverer? discoverer = null)
    {
        _resolver = resolver ?? throw new ArgumentNullException(nameof(resolver));
        _discoverer = discoverer ?? new DmarcDiscoverer(resolver);
    }

    /// <summary>The name of a destination's authorization record; null if it is too long for DNS.</summary>
    /// <param name="policyDomain">The domain whose record contains the destination.</param>
    /// <param name="destination">The domain of the destination.</param>
    public static DomainName? GetQueryName(DomainName policyDomain, DomainName destination) =>
        DomainName.TryParse(policyDomain + "._report._dmarc." + destination, out DomainName? name) ? name : null;

    /// <summary>Checks every valid destination of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="recordDomain">The domain of the record.</param>
    /// <param name="organizationalDomain">The Organizational Domain of that domain.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The destinations in other organisations, in the order of the record.</returns>
    public async Task<PrintableList<DmarcReportAuthorization>> CheckAsync(
        DmarcRecord record,
        DomainName recordDomain,
        DomainName organizationalDomain,
        CancellationToken cancellationToken = default) =>
        (await CheckAllAsync(record, recordDomain, organizationalDomain, cancellationToken).ConfigureAwait(false))
            .Where(result => result.Status != ReportAuthorizationStatus.NotRequired)
            .ToPrintableList();

    /// <summary>Also returns the destinations in the same organisation.</summary>
    internal async Task<PrintableList<DmarcReportAuthorization>> CheckAllAsync(
        DmarcRecord record,
        DomainName recordDomain,
        DomainName organizationalDomain,
        CancellationToken cancellationToken)
    {
        List<Task<DmarcReportAuthorization>> checks = [];
        AddChecks(DmarcTags.AggregateReports, record.AggregateReportUris);
        AddChecks(DmarcTags.FailureReports, record.FailureReportUris);
        if (checks.Count == 0)
        {
            return PrintableList<DmarcReportAuthorization>.Empty;
        }

        DmarcReportAuthorization[] results = await Task.WhenAll(checks).ConfigureAwait(false);
        return results.ToPrintableList();

        void AddChecks(string tag, PrintableList<DmarcReportUri> uris)
        {
            foreach (DmarcReportUri uri in uris)
            {
                if (uri is { IsValid: true, Host: not null } && checks.Count < DmarcLimits.ReportDestinations)
                {
                    checks.Add(CheckAsync(tag, uri, recordDomain, organizationalDomain, cancellationToken));
                }
            }
        }
    }

    /// <summary>Checks one destination.</summary>
    /// <param name="tag">The tag of the destination: rua or ruf.</param>
    /// <param name="uri">The destination, which must have a host.</param>
    /// <param name="recordDomain">The domain of the record.</param>
    /// <param name="organizationalDomain">The Organizational Domain of that domain.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<DmarcReportAuthorization> CheckAsync(
        string tag,
        DmarcReportUri uri,
        DomainName recordDomain,
        DomainName organizationalDomain,
        CancellationToken cancellationToken = default)
    {
        DomainName host = uri.Host ?? throw new ArgumentException(Strings.Policy_DestinationWithoutHost, nameof(uri));
        DmarcReportAuthorization result = new()
        {
            Tag = tag,
            Uri = uri.Text,
            Host = host.ToString(),
            Status = ReportAuthorizationStatus.NotRequired,
            EffectiveAggregateUris = [uri.Text],
            EffectiveFailureUris = [uri.Text],
        };

        Task<(ReportReception Reception, DnsFailure? Failure)> reception = ReportReceptions.AskAsync(_resolver, host, cancellationToken);

        // An Organizational Domain is at or above its name: a host outside ours cannot share it.
        if (host.IsEqualToOrBelow(organizationalDomain)
            && (host == recordDomain
                || await _discoverer.FindOrganizationalDomainAsync(host, cancellationToken).ConfigureAwait(false) == organizationalDomain))
        {
            return await WithReceptionAsync(result).ConfigureAwait(false);
        }

        DomainName? name = GetQueryName(recordDomain, host);
        result = name is null
            ? Refuse(result, ReportAuthorizationStatus.NameTooLong)
            : Evaluate(
                result with { QueryName = name.ToString() },
                host,
                await _resolver.QueryAsync(name.ToString(), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false));
        return await WithReceptionAsync(result).ConfigureAwait(false);

        async Task<DmarcReportAuthorization> WithReceptionAsync(DmarcReportAuthorization authorization)
        {
            (ReportReception takes, DnsFailure? failure) = await reception.ConfigureAwait(false);
            return authorization with { Reception = takes, ReceptionFailure = failure };
        }
    }

    private static DmarcReportAuthorization Evaluate(DmarcReportAuthorization result, DomainName host, DnsResponse response)
    {
        result = result with { DnsStatus = response.Status };
        if (!response.Status.IsAnswer())
        {
            return Refuse(result, ReportAuthorizationStatus.DnsFailure);
        }

        List<DmarcRecord> records = [];
        string? first = null;
        foreach (DnsRecord answer in response.Records)
        {
            if (answer is TxtRecord txt)
            {
                first ??= txt.Text;
                DmarcRecord record = DmarcRecordParser.Parse(txt.Text);
                if (record.Validity == DmarcRecordValidity.Valid)
                {
                    records.Add(record);
                }
            }
        }

        if (records.Count == 0)
        {
            return Refuse(result with { Record = first }, ReportAuthorizationStatus.NotAuthorized);
        }

        result = result with { Status = ReportAuthorizationStatus.Authorized, Record = records[0].Text };
        List<DmarcReportUri> aggregate = ValidUris(records, record => record.AggregateReportUris);
        List<DmarcReportUri> failure = ValidUris(records, record => record.FailureReportUris);
        result = result with
        {
            EffectiveAggregateUris = aggregate.Count > 0
                ? aggregate.Select(each => each.Text).ToPrintableList()
                : result.EffectiveAggregateUris,
            EffectiveFailureUris = failure.Count > 0 ? failure.Select(each => each.Text).ToPrintableList() : result.EffectiveFailureUris,
        };

        // Step 9: a replacement must be at the same host, otherwise nothing is sent to either.
        List<DmarcReportUri> decisive = result.Tag == DmarcTags.FailureReports ? failure : aggregate;
        result = result with { Redirection = decisive.Select(each => each.Text).ToPrintableList() };
        return decisive.Exists(each => each.Host != host) ? Refuse(result, ReportAuthorizationStatus.RedirectRefused) : result;
    }

    private static List<DmarcReportUri> ValidUris(List<DmarcRecord> records, Func<DmarcRecord, PrintableList<DmarcReportUri>> uris) =>
        [.. records.SelectMany(uris).Where(uri => uri.IsValid)];

    private static DmarcReportAuthorization Refuse(DmarcReportAuthorization result, ReportAuthorizationStatus status) => result with
    {
        Status = status,
        EffectiveAggregateUris = PrintableList<string>.Empty,
        EffectiveFailureUris = PrintableList<string>.Empty,
    };
}
