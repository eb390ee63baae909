using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>The findings about mail exchanges and their addresses.</summary>
public static class MxFindings
{
    /// <summary>There is no MX record, and the domain has an address: mail goes there.</summary>
    public static readonly FindingDescriptor Implicit = new("MxImplicit", Severity.Warning, "RFC 5321 §5.1");

    /// <summary>There is no MX record and no address.</summary>
    public static readonly FindingDescriptor Missing = new("MxMissing", Severity.Information, "RFC 5321 §5.1");

    /// <summary>A null MX stands beside other records.</summary>
    public static readonly FindingDescriptor NullBesideOthers = new("MxNullBesideOthers", Severity.Error, "RFC 7505 §3");

    /// <summary>A null MX has a preference other than 0.</summary>
    public static readonly FindingDescriptor NullPreference = new("MxNullPreference", Severity.Information, "RFC 7505 §3");

    /// <summary>A host does not exist.</summary>
    public static readonly FindingDescriptor HostMissing = new("MxHostMissing", Severity.Error, "RFC 5321 §5.1");

    /// <summary>A host has no address.</summary>
    public static readonly FindingDescriptor HostWithoutAddress = new("MxHostWithoutAddress", Severity.Error, "RFC 5321 §5.1");

    /// <summary>A host is an alias.</summary>
    public static readonly FindingDescriptor HostIsAlias = new("MxHostIsAlias", Severity.Warning, "RFC 2181 §10.3");

    /// <summary>An address stands where a host belongs.</summary>
    public static readonly FindingDescriptor HostIsAddress = new("MxHostIsAddress", Severity.Error, "RFC 1035 §3.3.9");

    /// <summary>A host has only addresses that the Internet cannot reach.</summary>
    public static readonly FindingDescriptor PrivateAddress = new("MxPrivateAddress", Severity.Error, "RFC 6890");

    /// <summary>The hosts belong to several services.</summary>
    public static readonly FindingDescriptor SeveralProviders = new("MxSeveralProviders", Severity.Warning);

    /// <summary>There are more hosts than are looked at.</summary>
    public static readonly FindingDescriptor TooManyHosts = new("MxTooManyHosts", Severity.Warning);

    /// <summary>An address has no name.</summary>
    public static readonly FindingDescriptor ReverseNameMissing = new("MxReverseNameMissing", Severity.Warning, "RFC 1912 §2.1");

    /// <summary>The name of an address does not lead back to it.</summary>
    public static readonly FindingDescriptor ReverseNameUnconfirmed = new("MxReverseNameUnconfirmed", Severity.Warning, "RFC 1912 §2.1");
}
