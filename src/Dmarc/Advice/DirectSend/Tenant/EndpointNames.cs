namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The names by which Microsoft 365 is recognised.</summary>
internal static class EndpointNames
{
    /// <summary>The suffix of endpoints of domains added since 2024, whose names cannot be derived.</summary>
    private const string NewSuffix = "mx.microsoft";

    private static readonly DomainName[] EndpointDomains =
        [.. MicrosoftCloud.All.Select(cloud => cloud.EndpointSuffix).Append(NewSuffix).Select(DomainName.Parse)];

    private static readonly DomainName[] DkimTargets =
        [.. MicrosoftDomains.Providers, DomainName.Parse("dkim.mail.microsoft")];

    private static readonly DomainName[] AutodiscoverTargets =
        [.. new[] { "outlook.com", "office365.us", "partner.outlook.cn" }.Select(DomainName.Parse)];

    /// <summary>
    /// The name that Microsoft 365 derives from a domain: its dots become hyphens. Null if the domain is too long. If
    /// two domains have the same derived name, the later one gets another, which is unknown.
    /// </summary>
    public static string? Derive(DomainName domain, MicrosoftCloud cloud)
    {
        string label = MicrosoftDomains.EndpointLabelOf(domain) ?? domain.ToString().Replace('.', '-');
        return label.Length <= DomainName.MaximumLabelLength ? label + "." + cloud.EndpointSuffix : null;
    }

    /// <summary>
    /// Another domain with the same derived name, because dots become hyphens and hyphens stay: <c>my.shop.com</c> for
    /// <c>my-shop.com</c>, <c>contoso-co.uk</c> for <c>contoso.co.uk</c>. Null for names such as <c>contoso.com</c>.
    /// </summary>
    public static string? OtherDomainOf(DomainName domain)
    {
        if (MicrosoftDomains.KindOf(domain) != MicrosoftDomainKind.None)
        {
            return null;
        }

        string text = domain.ToString();
        int last = text.LastIndexOf('.');
        for (int position = 0; position < last; position++)
        {
            if (text[position] is '-' or '.')
            {
                string other = text.Substring(0, position) + (text[position] == '.' ? '-' : '.') + text.Substring(position + 1);
                if (DomainName.TryParse(other, out DomainName? name) && !name.ToString().Split('.').Any(IsNoLabel))
                {
                    return other;
                }
            }
        }

        return null;

        static bool IsNoLabel(string label) =>
            label[0] == '-'
                || label[label.Length - 1] == '-'
                || label == "xn"
                || label.StartsWith("xn--", StringComparison.Ordinal);
    }

    /// <summary>True for a host at which Microsoft 365 accepts mail.</summary>
    public static bool IsEndpoint(string host) => IsBelow(host, EndpointDomains);

    /// <summary>True for a target of Microsoft 365's DKIM aliases.</summary>
    public static bool IsDkimTarget(string target) => IsBelow(target, DkimTargets);

    /// <summary>True for an autodiscover target of domains with mailboxes in Exchange Online.</summary>
    public static bool IsAutodiscoverTarget(string target) => IsBelow(target, AutodiscoverTargets);

    /// <summary>The tenant's initial domain, <c>contoso.onmicrosoft.com</c>, from a DKIM alias, or null.</summary>
    public static DomainName? TenantDomainOf(string target)
    {
        if (!DomainName.TryParse(target, out DomainName? name))
        {
            return null;
        }

        DomainName? parent = Array.Find(MicrosoftDomains.Providers, name.IsBelow);
        return parent is null ? null : name.KeepLast(parent.LabelCount + 1);
    }

    private static bool IsBelow(string host, DomainName[] domains) =>
        DomainName.TryParse(host, out DomainName? name) && Array.Exists(domains, name.IsBelow);
}
