using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>The DNS facts about a domain and Microsoft 365. A failed look-up leaves null, never false.</summary>
internal sealed record DirectSendDnsFacts
{
    /// <summary>Services with their own mailboxes, which are not gateways for Microsoft 365.</summary>
    private static readonly DomainName[] MailboxServices =
        [.. new[] { "google.com", "googlemail.com", "zoho.com", "zoho.eu", "icloud.com", "messagingengine.com", "protonmail.ch", "yandex.net" }.Select(DomainName.Parse)];

    public required DomainName Domain { get; init; }

    public required DnsResponse MxResponse { get; init; }

    public required SpfSummary Spf { get; init; }

    public required DmarcRecordResult Dmarc { get; init; }

    public required PrintableList<DirectSendEndpoint> Endpoints { get; init; }

    public required PrintableList<TenantSign> Signs { get; init; }

    /// <summary>The answers for the DKIM selectors of Microsoft 365.</summary>
    public PrintableList<DnsResponse> DkimKeys { get; init; } = PrintableList<DnsResponse>.Empty;

    /// <summary>The failed look-ups, including those of the endpoints.</summary>
    public required PrintableList<DnsResponse> Failures { get; init; }

    /// <summary>The first failed look-up; null if none failed.</summary>
    public DnsResponse? FirstFailure => Failures.Count == 0 ? null : Failures[0];

    /// <summary>The mail exchanges without their final dot, most preferred first; empty for the null MX.</summary>
    public IEnumerable<string> MailExchanges =>
        MxResponse.Records.OfType<MxRecord>().OrderBy(record => record.Preference)
            .Select(record => record.Exchange.TrimEnd('.'));

    /// <summary>True if an endpoint has an address; null if unknown.</summary>
    public bool? HasEndpoint => Endpoints.Any(endpoint => endpoint.Resolves == true) ? true
        : !MxResponse.Status.IsAnswer() || Endpoints.Any(endpoint => !endpoint.Status.IsAnswer()) ? null
        : false;

    /// <summary>The first endpoint with an address; null if there is none.</summary>
    public DirectSendEndpoint? Endpoint => Endpoints.FirstOrDefault(endpoint => endpoint.Resolves == true);

    /// <summary>True if there is a sign of mail in Microsoft 365; null if unknown.</summary>
    public bool? HasSignOfMail => Signs.Any(sign => sign.IsOfMail) ? true : Failures.Count > 0 ? null : false;

    /// <summary>Another domain with the same derived name, as <c>my-shop.com</c> for <c>my.shop.com</c>.</summary>
    public string? OtherDomain => EndpointNames.OtherDomainOf(Domain);

    /// <summary>
    /// True if more than its derived name ties the endpoint to the domain: its MX records, or another sign of Microsoft
    /// 365. Null if unknown.
    /// </summary>
    public bool? IsEndpointTied => Signs.Any(sign => sign.Kind != TenantSignKind.Endpoint) ? true : Failures.Count > 0 ? null : false;

    /// <summary>The policy if it fully applies to failing messages: quarantine or reject, for all mail.</summary>
    public DmarcPolicy? EnforcedPolicy =>
        Dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject
            && Dmarc.Percentage == 100
            && !PassesAnybody
            ? Dmarc.EffectivePolicy
            : null;

    /// <summary>True if a spoofed message of the domain fails under an enforced policy; null if unknown.</summary>
    public bool? IsEnforced => PassesAnybody ? false : Dmarc.Status == DmarcRecordStatus.DnsFailure ? null : EnforcedPolicy is not null;

    /// <summary>True if SPF passes mail from any address, so that DMARC passes too.</summary>
    public bool PassesAnybody => Spf.OpenTerms is not null;

    /// <summary>The route of mail.</summary>
    public MailRoute Route
    {
        get
        {
            string[] hosts = [.. MailExchanges];
            int microsoft = hosts.Count(EndpointNames.IsEndpoint);
            return !MxResponse.Status.IsAnswer() ? MailRoute.Unknown
                : hosts.Length == 0 ? MailRoute.NoMx
                : hosts.All(host => host.Length == 0) ? MailRoute.NullMx
                : microsoft == hosts.Length ? MailRoute.ExchangeOnlineDirect
                : microsoft > 0 ? MailRoute.Mixed
                : HasEndpoint is null ? MailRoute.Unknown
                : HasEndpoint == false || hosts.Any(IsMailboxService) ? MailRoute.NotMicrosoft
                : hosts.Any(IsOwn) ? MailRoute.Hybrid
                : MailRoute.ThirdPartyGateway;
        }
    }

    /// <summary>The service of the first mail exchange that is not Microsoft's; null if unknown.</summary>
    public string? FrontService => SendingServices.Default.FindByMxDomain(FrontHost)?.Name;

    /// <summary>True if a mail exchange belongs to another mailbox service, so it is not a gateway.</summary>
    public bool IsMailboxElsewhere => MailExchanges.Any(IsMailboxService);

    /// <summary>The first mail exchange that is not Microsoft's; null if there is none.</summary>
    public string? FrontHost =>
        MailExchanges.FirstOrDefault(host => host.Length > 0 && !EndpointNames.IsEndpoint(host));

    private static bool IsMailboxService(string host) =>
        DomainName.TryParse(host, out DomainName? name) && Array.Exists(MailboxServices, name.IsEqualToOrBelow);

    private bool IsOwn(string host) =>
        DomainName.TryParse(host, out DomainName? name)
        && PublicSuffixList.Default.GetOrganizationalDomain(name) == PublicSuffixList.Default.GetOrganizationalDomain(Domain);
}
