using Dmarc.Domains;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>A cloud of Microsoft's, by the names that it uses in the DNS of its customers.</summary>
/// <param name="EndpointSuffix">Below which the derived endpoints stand.</param>
/// <param name="SpfDomain">The name that its customers include in SPF.</param>
internal sealed record MicrosoftCloud(string EndpointSuffix, string SpfDomain);

/// <summary>The names by which Microsoft 365 is recognised.</summary>
internal static class EndpointNames
{
    /// <summary>The cloud that nearly everybody uses.</summary>
    public static readonly MicrosoftCloud Worldwide = new("mail.protection.outlook.com", "spf.protection.outlook.com");

    /// <summary>All clouds; the others, GCC High and 21Vianet, are asked for an endpoint where something else names them.</summary>
    public static readonly MicrosoftCloud[] Clouds =
    [
        Worldwide,
        new("mail.protection.office365.us", "spf.protection.office365.us"),
        new("mail.protection.partner.outlook.cn", "spf.protection.partner.outlook.cn"),
    ];

    /// <summary>Where endpoints of domains stand that were added since 2024; their names cannot be derived.</summary>
    private const string NewSuffix = "mx.microsoft";

    private static readonly DomainName[] EndpointDomains =
        [.. Clouds.Select(cloud => cloud.EndpointSuffix).Append(NewSuffix).Select(DomainName.Parse)];

    private static readonly DomainName[] DkimTargets =
        [.. MicrosoftDomains.Providers, DomainName.Parse("dkim.mail.microsoft")];

    private static readonly DomainName[] AutodiscoverTargets =
        [.. new[] { "outlook.com", "office365.us", "partner.outlook.cn" }.Select(DomainName.Parse)];

    /// <summary>
    /// The name that Microsoft 365 derives from a domain: its dots become hyphens. Null where the domain is too long for that.
    /// Where two domains come to one name, the later has another, which cannot be told.
    /// </summary>
    public static string? Derive(DomainName domain, MicrosoftCloud cloud)
    {
        string label = MicrosoftDomains.EndpointLabelOf(domain) ?? domain.ToString().Replace('.', '-');
        return label.Length <= DomainName.MaximumLabelLength ? label + "." + cloud.EndpointSuffix : null;
    }

    /// <summary>
    /// Another domain that comes to the same derived name, because hyphens stay and dots become hyphens: <c>my.shop.com</c> for <c>my-shop.com</c>,
    /// <c>contoso-co.uk</c> for <c>contoso.co.uk</c>. Null where there can be none, as for <c>contoso.com</c>.
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

        static bool IsNoLabel(string label) => label[0] == '-' || label[label.Length - 1] == '-' || label == "xn" || label.StartsWith("xn--", StringComparison.Ordinal);
    }

    /// <summary>True for a host at which Microsoft 365 takes mail.</summary>
    public static bool IsEndpoint(string host) => IsBelow(host, EndpointDomains);

    /// <summary>True for an endpoint whose name cannot be derived.</summary>
    public static bool IsNewEndpoint(string host) => DomainName.TryParse(host, out DomainName? name) && name.IsBelow(EndpointDomains[EndpointDomains.Length - 1]);

    /// <summary>True for what DKIM selectors of Microsoft 365 are aliases of.</summary>
    public static bool IsDkimTarget(string target) => IsBelow(target, DkimTargets);

    /// <summary>True for what the autodiscover name of a domain with mailboxes in Exchange Online is an alias of.</summary>
    public static bool IsAutodiscoverTarget(string target) => IsBelow(target, AutodiscoverTargets);

    /// <summary>The first domain of the tenant, <c>contoso.onmicrosoft.com</c>, of a DKIM alias; null if that does not tell it.</summary>
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
