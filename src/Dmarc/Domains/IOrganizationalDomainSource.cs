namespace Dmarc.Domains;

/// <summary>Finds Organizational Domains without a look-up.</summary>
internal interface IOrganizationalDomainSource
{
    /// <summary>The Organizational Domain of a name; the name itself if it has none above it.</summary>
    DomainName GetOrganizationalDomain(DomainName name);
}
