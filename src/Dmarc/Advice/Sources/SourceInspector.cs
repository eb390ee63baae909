using System.Net;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Reports;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Looks up the sender at an address: its names, the owner of its network, the sending service, and whether a domain's
/// SPF record authorises it. One inspector should serve many addresses; thread-safe.
/// </summary>
/// <param name="resolver">The resolver; it should cache answers that addresses share.</param>
/// <param name="options">The options; null for the defaults.</param>
/// <param name="cancellationToken">Ends look-ups for all addresses.</param>
internal sealed class SourceInspector(
    IDnsResolver resolver, SourceInspectorOptions? options = null, CancellationToken cancellationToken = default)
{
    private readonly SourceInspectorOptions _options = options ?? new SourceInspectorOptions();
    private readonly ServiceNetworks _networks =
        new(resolver, (options ?? new SourceInspectorOptions()).Services, cancellationToken);

    private readonly SpfEvaluator _spf = new(resolver, new SpfEvaluatorOptions { Traces = false, Explains = false });

    /// <summary>Looks up an address. Every failure is a result; only cancellation throws.</summary>
    /// <param name="address">The address; an invalid one yields a result that says so.</param>
    /// <param name="headerFrom">The From domain whose SPF record is checked; null for none.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<SourceResult> InspectAsync(string address, string? headerFrom = null, CancellationToken cancellationToken = default)
    {
        if (!SourceAddress.TryParse(address ?? "", out IPAddress? parsed))
        {
            return Refuse(address ?? "", SourceStatus.InvalidAddress, SourceFindings.AddressInvalid);
        }

        return PublicAddress.Is(parsed!)
            ? await LookUpAsync(parsed!, headerFrom, cancellationToken).ConfigureAwait(false)
            : Refuse(parsed!.ToString(), SourceStatus.NotPublic, SourceFindings.NotPublic);

        SourceResult Refuse(string source, SourceStatus status, FindingDescriptor finding) => new()
        {
            SourceIP = source,
            Status = status,
            HeaderFrom = headerFrom ?? "",
            Findings = [finding.Create(source) with { Domain = headerFrom ?? "", Source = source }],
        };
    }

    private async Task<SourceResult> LookUpAsync(IPAddress address, string? headerFrom, CancellationToken cancellationToken)
    {
        AddressNumber number = AddressNumber.From(address);
        Task<NetworkOwner>? ownerQuery = _options is { NetworkTable: null, NetworkOwnerZone: { Length: > 0 } zone }
            ? new NetworkOwnerLookup(resolver, zone).AskAsync(number, cancellationToken)
            : null;
        Task<SpfEvaluation>? spfQuery = DomainName.TryParse(headerFrom, out DomainName? domain)
            ? _spf.CheckHostAsync(address, "postmaster@" + domain, null, domain, cancellationToken).AsTask()
            : null;
        ReverseDns reverse = await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false);
        (SendingService? service, ServiceSign sign) = await FindServiceAsync(number, reverse).ConfigureAwait(false);
        NetworkOwner? owner = ownerQuery is null ? _options.NetworkTable?.Find(number) : await ownerQuery.ConfigureAwait(false);
        SpfEvaluation? spf = spfQuery is null ? null : await spfQuery.ConfigureAwait(false);

        List<Finding> findings = [];
        AddNameFindings(reverse, findings);
        DnsResponse[] failures = [.. new[] { reverse.Failure, owner?.Failure }.OfType<DnsResponse>()];
        findings.AddRange(failures.Select(failure => SourceFindings.LookupFailed.Create(failure.Type, failure.Name, failure.Status)));
        bool spfFailed = spf?.Result == AuthenticationResult.TempError;
        if (spfFailed)
        {
            findings.Add(SourceFindings.SpfFailed.Create(domain, address, spf!.Problem));
        }

        if (service is null && await _networks.FindFailuresAsync().ConfigureAwait(false) is { Count: > 0 } unread)
        {
            findings.Add(SourceFindings.ServicesIncomplete.Create(unread.Count, unread[0]));
        }

        return new SourceResult
        {
            SourceIP = address.ToString(),
            Status = failures.Length > 0 || spfFailed ? SourceStatus.DnsFailure : SourceStatus.Resolved,
            DnsFailure = (failures.Length > 0 ? failures[0] : spf?.Failed)?.Status.ToDnsFailure(),
            FailedQuery = failures.Length > 0 ? failures[0].Type + " " + failures[0].Name : spfFailed ? "SPF " + domain : "",
            Names = reverse.Names,
            IsNameConfirmed = reverse.Names.Count > 0 ? reverse.IsConfirmed : null,
            NameStatus = reverse.Status,
            Network = owner?.Network?.ToString() ?? "",
            Asn = owner?.Asn,
            Owner = owner?.Name ?? "",
            Country = owner?.Country ?? "",
            NetworkStatus = ownerQuery is null ? null : owner?.Status,
            Service = service?.Name ?? "",
            ServiceSign = sign,
            HeaderFrom = headerFrom ?? "",
            SpfCovers = spf?.Result,
            Findings = findings.About(headerFrom ?? "", source: address.ToString()),
        };
    }

    /// <summary>The service by a confirmed name (an unconfirmed one can be forged), otherwise by SPF records.</summary>
    private async Task<(SendingService? Service, ServiceSign Sign)> FindServiceAsync(AddressNumber address, ReverseDns reverse)
    {
        if (reverse.IsConfirmed == true && _options.Services.FindByPtrName(reverse.Name) is { } named)
        {
            return (named, ServiceSign.ReverseName);
        }

        SendingService? listed = await _networks.FindAsync(address).ConfigureAwait(false);
        return (listed, listed is null ? ServiceSign.None : ServiceSign.SpfRecord);
    }

    private static void AddNameFindings(ReverseDns reverse, List<Finding> findings)
    {
        if (reverse.Status.IsVoid() && PublicAddress.IsForDocumentation(reverse.Address))
        {
            findings.Add(SourceFindings.Documentation.Create(reverse.Address));
        }
        else if (reverse.Status.IsVoid())
        {
            findings.Add(SourceFindings.NameMissing.Create(reverse.Address));
        }
        else if (reverse.Names.Count > 0 && reverse.IsConfirmed == false)
        {
            findings.Add(SourceFindings.NameUnconfirmed.Create(reverse.Address, reverse.Name));
        }
    }
}
