using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What can be noticed about the selectors of a domain, apart from what their records say.</summary>
public static class DkimSelectorFindings
{
    /// <summary>What was given is no domain name.</summary>
    public static readonly FindingDescriptor InvalidDomainName = new("DkimInvalidDomainName", Severity.Error);

    /// <summary>The domain does not exist.</summary>
    public static readonly FindingDescriptor DomainNotFound = new("DkimDomainNotFound", Severity.Error, "RFC 8020");

    /// <summary>There is no key at a selector that was asked for.</summary>
    public static readonly FindingDescriptor NotFound = new("DkimSelectorNotFound", Severity.Error, "RFC 6376 §6.1.2");

    /// <summary>None of the well-known selectors has a key.</summary>
    public static readonly FindingDescriptor NoneFound = new("DkimNoSelectorFound", Severity.Warning);

    /// <summary>Nothing stands below <c>_domainkey</c>: the domain has no key at all.</summary>
    public static readonly FindingDescriptor NoKeys = new("DkimNoKeys", Severity.Warning, "RFC 6376 §3.6.2.1");

    /// <summary>A look-up failed, so nothing is known about a selector.</summary>
    public static readonly FindingDescriptor LookupFailed = new("DkimLookupFailed", Severity.Error, "RFC 6376 §6.1.2");

    /// <summary>Some of the look-ups failed, so selectors may be missing.</summary>
    public static readonly FindingDescriptor LookupsFailed = new("DkimLookupsFailed", Severity.Warning);

    /// <summary>A wildcard answers for every selector with something that is no revoked key.</summary>
    public static readonly FindingDescriptor Wildcard = new("DkimWildcard", Severity.Warning, "RFC 6376 §6.1.2");

    /// <summary>A wildcard that has nothing to do with DKIM answers for every selector.</summary>
    public static readonly FindingDescriptor WildcardOther = new("DkimWildcardOther", Severity.Information, "RFC 6376 §3.6.1");

    /// <summary>A wildcard revokes every selector that has no record of its own, as is good for domains that send no mail.</summary>
    public static readonly FindingDescriptor WildcardRevoked = new("DkimWildcardRevoked", Severity.Information);

    /// <summary>A selector's answer is that of the wildcard.</summary>
    public static readonly FindingDescriptor FromWildcard = new("DkimFromWildcard", Severity.Warning);

    /// <summary>An alias leads to no key.</summary>
    public static readonly FindingDescriptor TargetDangling = new("DkimTargetDangling", Severity.Error);

    /// <summary>The alias of a Microsoft 365 selector leads to no key.</summary>
    public static readonly FindingDescriptor MicrosoftDangling = new("DkimMicrosoftDangling", Severity.Warning);

    /// <summary>The alias of a Microsoft 365 selector points to another service or nowhere that Microsoft would sign with.</summary>
    public static readonly FindingDescriptor MicrosoftElsewhere = new("DkimMicrosoftElsewhere", Severity.Warning);

    /// <summary>The alias of a Microsoft 365 selector points to the key of the other selector.</summary>
    public static readonly FindingDescriptor MicrosoftSelectorSwapped = new("DkimMicrosoftSelectorSwapped", Severity.Error);

    /// <summary>The alias of a Microsoft 365 selector points to the key of another domain.</summary>
    public static readonly FindingDescriptor MicrosoftOtherDomain = new("DkimMicrosoftOtherDomain", Severity.Warning);

    /// <summary>The initial domain of a Microsoft 365 tenant has no key at the selectors that Microsoft publishes.</summary>
    public static readonly FindingDescriptor MicrosoftInitialMissing = new("DkimMicrosoftInitialMissing", Severity.Warning);

    /// <summary>A domain of Microsoft's that nobody writes from has no key.</summary>
    public static readonly FindingDescriptor MicrosoftRoutingMissing = new("DkimMicrosoftRoutingMissing", Severity.Information);

    /// <summary>There are several keys at one selector.</summary>
    public static readonly FindingDescriptor SeveralKeys = new("DkimSeveralKeys", Severity.Warning, "RFC 6376 §3.6.2.2");

    /// <summary>The key is as it should be.</summary>
    public static readonly FindingDescriptor KeySound = new("DkimKeySound", Severity.Information);
}
