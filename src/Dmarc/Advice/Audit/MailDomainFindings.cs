using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>The findings about domains as a whole and about their mail exchanges.</summary>
public static class MailDomainFindings
{
    /// <summary>What was given is not a domain name.</summary>
    public static readonly FindingDescriptor InvalidDomainName = new("MailDomainInvalidName", Severity.Error, "RFC 1035 §2.3.1");

    /// <summary>The domain does not exist.</summary>
    public static readonly FindingDescriptor DomainNotFound = new("MailDomainNotFound", Severity.Error, "RFC 8020");

    /// <summary>The domain is the initial one of a Microsoft 365 tenant, whose zone Microsoft runs.</summary>
    public static readonly FindingDescriptor MicrosoftInitial = new("MailDomainMicrosoftInitial", Severity.Information);

    /// <summary>The domain is one that Microsoft 365 routes mail by, and that nobody writes from.</summary>
    public static readonly FindingDescriptor MicrosoftRouting = new("MailDomainMicrosoftRouting", Severity.Information);

    /// <summary>The domain is Microsoft's own, below which tenants have theirs.</summary>
    public static readonly FindingDescriptor MicrosoftProvider = new("MailDomainMicrosoftProvider", Severity.Information);
}
