namespace Dmarc.Domains;

/// <summary>A Microsoft cloud, by its names in customers' DNS.</summary>
/// <param name="EndpointSuffix">The suffix of the derived endpoints.</param>
/// <param name="SpfDomain">The name that customers include in SPF.</param>
internal sealed record MicrosoftCloud(string EndpointSuffix, string SpfDomain)
{
    /// <summary>The cloud that nearly all customers use.</summary>
    public static readonly MicrosoftCloud Worldwide = new("mail.protection.outlook.com", "spf.protection.outlook.com");

    /// <summary>All clouds, the common one first; the others are GCC High and 21Vianet.</summary>
    public static readonly MicrosoftCloud[] All =
    [
        Worldwide,
        new("mail.protection.office365.us", "spf.protection.office365.us"),
        new("mail.protection.partner.outlook.cn", "spf.protection.partner.outlook.cn"),
    ];
}
