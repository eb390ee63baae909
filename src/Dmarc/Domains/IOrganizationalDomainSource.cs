namespace Dmarc.Domains;

/// <summary>Tells Organizational Domains without a look-up.</summary>
internal interface IOrganizationalDomainSource
{
    /// <summary>The Organizational Domain of a name; the name itself where it has none above it.</summary>
    DomainName GetOrganizationalDomain(DomainName name);
}
