using Dmarc.Text;

namespace Dmarc.Advice.Sources;

/// <summary>What is said of sources.</summary>
internal static class SourceFindings
{
    /// <summary>What should be an address is none.</summary>
    public static readonly FindingDescriptor AddressInvalid = new("SourceAddressInvalid", Severity.Warning);

    /// <summary>An address that mail does not come from over the Internet.</summary>
    public static readonly FindingDescriptor NotPublic = new("SourceNotPublic", Severity.Information, "RFC 6890");

    /// <summary>An address that is meant for examples.</summary>
    public static readonly FindingDescriptor Documentation = new("SourceDocumentation", Severity.Information, "RFC 5737");

    /// <summary>An address without a name.</summary>
    public static readonly FindingDescriptor NameMissing = new("SourceNameMissing", Severity.Warning, "RFC 1912 §2.1");

    /// <summary>A name that does not have the address.</summary>
    public static readonly FindingDescriptor NameUnconfirmed = new("SourceNameUnconfirmed", Severity.Warning, "RFC 1912 §2.1");

    /// <summary>A look-up that failed.</summary>
    public static readonly FindingDescriptor LookupFailed = new("SourceLookupFailed", Severity.Warning);

    /// <summary>The SPF check of the address ended in a passing error.</summary>
    public static readonly FindingDescriptor SpfFailed = new("SourceSpfFailed", Severity.Warning, "RFC 7208 §2.6.6");

    /// <summary>Records of services could not be read, so that a service may have been missed.</summary>
    public static readonly FindingDescriptor ServicesIncomplete = new("SourceServicesIncomplete", Severity.Information);
}
