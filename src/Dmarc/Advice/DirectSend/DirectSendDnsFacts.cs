using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>What DNS shows of a domain and its tie to Microsoft 365. What a failed look-up leaves open is null and never false.</summary>
internal sealed record DirectSendDnsFacts
{
    /// <summary>Services that receive mail into mailboxes of their own, so that they are no gateway before Microsoft 365.</summary>
    private static readonly DomainName[] MailboxServices =
        [.. new[] { "google.com", "googlemail.com", "zoho.com", "zoho.eu", "icloud.com", "messagingengine.com", "protonmail.ch", "yandex.net" }.Select(DomainName.Parse)];

    public required DomainName Domain { get; init; }

    public required DnsResponse MxResponse { get; init; }

    public required SpfSummary Spf { get; init; }

    public required DmarcRecordResult Dmarc { get; init; }

    public required PrintableList<DirectSendEndpoint> Endpoints { get; init; }

    public required PrintableList<TenantSign> Signs { get; init; }

    /// <summary>The answers for the DKIM selectors that Microsoft 365 uses.</summary>
    public PrintableList<DnsResponse> DkimKeys { get; init; } = PrintableList<DnsResponse>.Empty;

    /// <summary>The look-ups that failed, those of the endpoints included.</summary>
    public required PrintableList<DnsResponse> Failures { get; init; }

    /// <summary>The first of them; null if none failed.</summary>
    public DnsResponse? FirstFailure => Failures.Count == 0 ? null : Failures[0];

    /// <summary>The mail exchanges, the most preferred first.</summary>
    public IEnumerable<MxRecord> MailExchanges => MxResponse.Records.OfType<MxRecord>().OrderBy(record => record.Preference);

    /// <summary>True if an endpoint has an address; null if that is not known.</summary>
    public bool? HasEndpoint => Endpoints.Any(endpoint => endpoint.Resolves == true) ? true
        : !MxResponse.Status.IsAnswer() || Endpoints.Any(endpoint => !endpoint.Status.IsAnswer()) ? null
        : false;

    /// <summary>The first endpoint that has an address; null if there is none.</summary>
    public DirectSendEndpoint? Endpoint => Endpoints.FirstOrDefault(endpoint => endpoint.Resolves == true);

    /// <summary>True if a sign is there that only mail in Microsoft 365 leaves; null if that is not known.</summary>
    public bool? HasSignOfMail => Signs.Any(sign => sign.IsOfMail) ? true : Failures.Count > 0 ? null : false;

    /// <summary>
    /// Another domain whose derived endpoint has the same name, as that of <c>my-shop.com</c> and of <c>my.shop.com</c>; null if there can be none.
    /// </summary>
    public string? OtherDomain => EndpointNames.OtherDomainOf(Domain);

    /// <summary>
    /// True where more than its derived name ties the endpoint to the domain: its MX records lead there, or it has another sign of Microsoft 365.
    /// Null where that is not known.
    /// </summary>
    public bool? IsEndpointTied => Signs.Any(sign => sign.Kind != TenantSignKind.Endpoint) ? true : Failures.Count > 0 ? null : false;

    /// <summary>The policy, where a message that fails meets it in full: quarantine or reject, for all mail.</summary>
    public DmarcPolicy? EnforcedPolicy =>
        Dmarc.EffectivePolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject && Dmarc.Percentage == 100 && !PassesAnybody ? Dmarc.EffectivePolicy : null;

    /// <summary>True if a message that poses as the domain fails under an enforced policy; null if that is not known.</summary>
    public bool? IsEnforced => PassesAnybody ? false : Dmarc.Status == DmarcRecordStatus.DnsFailure ? null : EnforcedPolicy is not null;

    /// <summary>True if SPF passes mail from everywhere, so that DMARC passes too.</summary>
    public bool PassesAnybody => Spf.OpenTerms is not null;

    /// <summary>The road that mail takes.</summary>
    public MailRoute Route
    {
        get
        {
            if (!MxResponse.Status.IsAnswer())
            {
                return MailRoute.Unknown;
            }

            string[] hosts = [.. MailExchanges.Select(record => record.Exchange.TrimEnd('.'))];
            if (hosts.Length == 0)
            {
                return MailRoute.NoMx;
            }

            if (hosts.All(host => host.Length == 0))
            {
                return MailRoute.NullMx;
            }

            int microsoft = hosts.Count(EndpointNames.IsEndpoint);
            return microsoft == hosts.Length ? MailRoute.ExchangeOnlineDirect
                : microsoft > 0 ? MailRoute.Mixed
                : HasEndpoint is null ? MailRoute.Unknown
                : HasEndpoint == false || hosts.Any(IsMailboxService) ? MailRoute.NotMicrosoft
                : hosts.Any(IsOwn) ? MailRoute.Hybrid
                : MailRoute.ThirdPartyGateway;
        }
    }

    /// <summary>The service of the first mail exchange that is not Microsoft's; null if it is not known.</summary>
    public string? FrontService => SendingServices.Default.FindByMxDomain(FrontHost)?.Name;

    /// <summary>True if a mail exchange is that of another mailbox service, so that it is no gateway.</summary>
    public bool IsMailboxElsewhere => MailExchanges.Any(record => IsMailboxService(record.Exchange.TrimEnd('.')));

    /// <summary>The first mail exchange that is not Microsoft's; null if there is none.</summary>
    public string? FrontHost => MailExchanges
        .Select(record => record.Exchange.TrimEnd('.'))
        .FirstOrDefault(host => host.Length > 0 && !EndpointNames.IsEndpoint(host));

    private static bool IsMailboxService(string host) =>
        DomainName.TryParse(host, out DomainName? name) && Array.Exists(MailboxServices, name.IsEqualToOrBelow);

    private bool IsOwn(string host) =>
        DomainName.TryParse(host, out DomainName? name)
        && PublicSuffixList.Default.GetOrganizationalDomain(name) == PublicSuffixList.Default.GetOrganizationalDomain(Domain);
}
