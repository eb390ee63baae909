namespace Dmarc.Domains;

/// <summary>What a domain of Microsoft's own is to the tenant that uses it.</summary>
internal enum MicrosoftDomainKind
{
    /// <summary>It is no such domain.</summary>
    None,

    /// <summary>
    /// The initial domain of a tenant, <c>contoso.onmicrosoft.com</c>: Microsoft runs its zone. The tenant sets DMARC in the Microsoft 365
    /// admin centre and turns DKIM on in the Defender portal; nothing else can be changed.
    /// </summary>
    Initial,

    /// <summary>The routing domain of a tenant with servers of its own, <c>contoso.mail.onmicrosoft.com</c>: nothing can be changed, and nobody writes from it.</summary>
    Routing,

    /// <summary>The domain above them, <c>onmicrosoft.com</c>: Microsoft's alone.</summary>
    Provider,
}

/// <summary>The domains that Microsoft 365 gives each tenant, in all of Microsoft's clouds.</summary>
internal static class MicrosoftDomains
{
    private static readonly string[] SelectorNames = ["selector1", "selector2"];

    /// <summary>The domains below which tenants have theirs.</summary>
    internal static readonly DomainName[] Providers =
        [.. new[] { "onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn" }.Select(DomainName.Parse)];

    /// <summary>What a domain is.</summary>
    /// <param name="domain">The domain.</param>
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
    /// The selectors at which Microsoft publishes the keys of a tenant's initial domain, <c>selector1-contoso-onmicrosoft-com</c>; none for
    /// domains of the tenant's own, where they are <c>selector1</c> and <c>selector2</c>.
    /// </summary>
    /// <param name="domain">The domain.</param>
    public static IEnumerable<string> SelectorsOf(DomainName domain) =>
        KindOf(domain) is MicrosoftDomainKind.Initial or MicrosoftDomainKind.Routing
            ? SelectorNames.Select(selector => selector + "-" + domain.ToString().Replace('.', '-')).Where(selector => selector.Length <= DomainName.MaximumLabelLength)
            : [];

    /// <summary>The label that the endpoint of a tenant's domain has: without what all such domains have. Null for other domains.</summary>
    /// <param name="domain">The domain.</param>
    internal static string? EndpointLabelOf(DomainName domain) =>
        KindOf(domain) is MicrosoftDomainKind.Initial or MicrosoftDomainKind.Routing && Array.Find(Providers, domain.IsBelow) is { } provider
            ? domain.ToString().Substring(0, domain.ToString().Length - provider.ToString().Length - 1).Replace('.', '-')
            : null;

    private static DomainName MailOf(DomainName provider) => DomainName.Parse("mail." + provider);
}
