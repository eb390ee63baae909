namespace Dmarc.Domains;

/// <summary>The kind of a Microsoft-owned domain, for the tenant that uses it.</summary>
internal enum MicrosoftDomainKind
{
    /// <summary>Not such a domain.</summary>
    None,

    /// <summary>
    /// The initial domain of a tenant, <c>contoso.onmicrosoft.com</c>: Microsoft operates its zone. The tenant sets
    /// DMARC in the Microsoft 365 admin centre and enables DKIM in the Defender portal; it can change nothing else.
    /// </summary>
    Initial,

    /// <summary>A hybrid tenant's routing domain, <c>contoso.mail.onmicrosoft.com</c>: fixed, sends no mail.</summary>
    Routing,

    /// <summary>The parent domain, <c>onmicrosoft.com</c>, which only Microsoft controls.</summary>
    Provider,
}

/// <summary>The domains that Microsoft 365 assigns to each tenant, in all Microsoft clouds.</summary>
internal static class MicrosoftDomains
{
    private static readonly string[] SelectorNames = ["selector1", "selector2"];

    /// <summary>The parent domains of tenant domains.</summary>
    internal static readonly DomainName[] Providers =
        [.. new[] { "onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn" }.Select(DomainName.Parse)];

    /// <summary>The kind of a domain.</summary>
    public static MicrosoftDomainKind KindOf(DomainName domain)
    {
        if (domain is null || Array.Find(Providers, domain.IsEqualToOrBelow) is not { } provider)
        {
            return MicrosoftDomainKind.None;
        }

        int labels = domain.LabelCount - provider.LabelCount;
        return labels == 0 || domain == MailOf(provider) ? MicrosoftDomainKind.Provider
            : labels == 1 ? MicrosoftDomainKind.Initial
            : MicrosoftDomainKind.Routing;
    }

    /// <summary>
    /// The selectors of the keys that Microsoft publishes for a tenant's initial domain, such as
    /// <c>selector1-contoso-onmicrosoft-com</c>; none for custom domains, which use <c>selector1</c> and
    /// <c>selector2</c>.
    /// </summary>
    public static IEnumerable<string> SelectorsOf(DomainName domain) =>
        KindOf(domain) is MicrosoftDomainKind.Initial or MicrosoftDomainKind.Routing
            ? SelectorNames.Select(selector =>
                selector + "-" + domain.ToString().Replace('.', '-')).Where(selector =>
                    selector.Length <= DomainName.MaximumLabelLength)
            : [];

    /// <summary>The label of a tenant domain's endpoint, without the common suffix; null for other domains.</summary>
    internal static string? EndpointLabelOf(DomainName domain) =>
        KindOf(domain) is MicrosoftDomainKind.Initial or MicrosoftDomainKind.Routing
            && Array.Find(Providers, domain.IsBelow) is { } provider
            ? domain.ToString().Substring(0, domain.ToString().Length - provider.ToString().Length - 1).Replace('.', '-')
            : null;

    private static DomainName MailOf(DomainName provider) => DomainName.Parse("mail." + provider);
}
