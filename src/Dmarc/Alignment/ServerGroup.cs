using Dmarc.Domains;

namespace Dmarc.Alignment;

/// <summary>Tells which mail servers are of one operator: those of one Organizational Domain, and Microsoft 365, whose servers have several.</summary>
internal static class ServerGroup
{
    private static readonly DomainName[] Microsoft =
        [.. new[] { "outlook.com", "office365.com", "mx.microsoft" }.Select(DomainName.Parse)];

    public static bool IsSame(DomainName one, DomainName other, IOrganizationalDomainSource suffixes) =>
        one == other
        || suffixes.GetOrganizationalDomain(one) == suffixes.GetOrganizationalDomain(other)
        || (IsMicrosoft(one) && IsMicrosoft(other));

    private static bool IsMicrosoft(DomainName host) => Array.Exists(Microsoft, host.IsEqualToOrBelow);
}
