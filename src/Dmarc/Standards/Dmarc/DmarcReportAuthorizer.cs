using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Checks if report destinations outside the organisation authorize the reports (RFC 9990 §4). All look-ups of one
/// record are sent concurrently.
/// </summary>
internal sealed class DmarcReportAuthorizer(IDnsResolver resolver, DmarcDiscoverer? discoverer = null)
{
    private readonly DmarcDiscoverer _discoverer = discoverer ?? new DmarcDiscoverer(resolver);

    /// <summary>The name of a destination's authorization record; null if it is too long for DNS.</summary>
    public static DomainName? GetQueryName(DomainName policyDomain, DomainName destination) =>
        DomainName.TryParse(policyDomain + "._report._dmarc." + destination, out DomainName? name) ? name : null;

    /// <summary>Checks every valid destination of a record, in its order.</summary>
    public async Task<PrintableList<DmarcReportAuthorization>> CheckAllAsync(
        DmarcRecord record,
        DomainName recordDomain,
        DomainName organizationalDomain,
        CancellationToken cancellationToken)
    {
        List<Task<DmarcReportAuthorization>> checks = [];
        AddChecks(DmarcTags.AggregateReports, record.AggregateReportUris);
        AddChecks(DmarcTags.FailureReports, record.FailureReportUris);
        return (await Task.WhenAll(checks).ConfigureAwait(false)).ToPrintableList();

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

        Task<(ReportReception Reception, DnsFailure? Failure)> reception =
            ReportReceptions.AskAsync(resolver, host, cancellationToken);

        // An Organizational Domain is at or above its name: a host outside ours cannot share it.
        bool isOwn = host.IsEqualToOrBelow(organizationalDomain)
            && (host == recordDomain
                || await _discoverer.FindOrganizationalDomainAsync(
                    host, cancellationToken).ConfigureAwait(false) == organizationalDomain);
        if (!isOwn)
        {
            DomainName? name = GetQueryName(recordDomain, host);
            result = name is null
                ? Refuse(result, ReportAuthorizationStatus.NameTooLong)
                : Evaluate(
                    result with { QueryName = name.ToString() },
                    host,
                    await resolver.QueryAsync(
                        name.ToString(), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false));
        }

        (ReportReception takes, DnsFailure? failure) = await reception.ConfigureAwait(false);
        return result with { Reception = takes, ReceptionFailure = failure };
    }

    private static DmarcReportAuthorization Evaluate(DmarcReportAuthorization result, DomainName host, DnsResponse response)
    {
        result = result with { DnsStatus = response.Status };
        if (!response.Status.IsAnswer())
        {
            return Refuse(result, ReportAuthorizationStatus.DnsFailure);
        }

        DmarcRecord[] texts =
            [.. response.Records.OfType<TxtRecord>().Select(txt => DmarcRecordParser.Parse(txt.Text))];
        DmarcRecord[] records = Array.FindAll(texts, record => record.Validity == DmarcRecordValidity.Valid);
        if (records.Length == 0)
        {
            return Refuse(
                result with { Record = texts.FirstOrDefault()?.Text }, ReportAuthorizationStatus.NotAuthorized);
        }

        DmarcReportUri[] aggregate =
            [.. records.SelectMany(record => record.AggregateReportUris).Where(uri => uri.IsValid)];
        DmarcReportUri[] failure =
            [.. records.SelectMany(record => record.FailureReportUris).Where(uri => uri.IsValid)];
        DmarcReportUri[] decisive = result.Tag == DmarcTags.FailureReports ? failure : aggregate;
        result = result with
        {
            Status = ReportAuthorizationStatus.Authorized,
            Record = records[0].Text,
            EffectiveAggregateUris = aggregate.Length > 0 ? Texts(aggregate) : result.EffectiveAggregateUris,
            EffectiveFailureUris = failure.Length > 0 ? Texts(failure) : result.EffectiveFailureUris,
            Redirection = Texts(decisive),
        };

        // Step 9: a replacement must be at the same host, otherwise nothing is sent to either.
        return Array.Exists(decisive, uri => uri.Host != host)
            ? Refuse(result, ReportAuthorizationStatus.RedirectRefused)
            : result;
    }

    private static PrintableList<string> Texts(DmarcReportUri[] uris) => uris.Select(uri => uri.Text).ToPrintableList();

    private static DmarcReportAuthorization Refuse(DmarcReportAuthorization result, ReportAuthorizationStatus status) => result with
    {
        Status = status,
        EffectiveAggregateUris = PrintableList<string>.Empty,
        EffectiveFailureUris = PrintableList<string>.Empty,
    };
}
