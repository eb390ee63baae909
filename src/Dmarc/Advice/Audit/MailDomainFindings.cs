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

    /// <summary>A look-up failed, so a part is not known.</summary>
    public static readonly FindingDescriptor LookupFailed = new("MailDomainLookupFailed", Severity.Error);

    /// <summary>The name of a record is an alias.</summary>
    public static readonly FindingDescriptor RecordAlias = new("MailDomainRecordAlias", Severity.Information, "RFC 1034 §3.6.2");

    /// <summary>The name of a record is an alias that leads to none.</summary>
    public static readonly FindingDescriptor AliasDangling = new("MailDomainAliasDangling", Severity.Error, "RFC 1034 §3.6.2");

    /// <summary>A look-up beside the main one failed, so details of a part are missing.</summary>
    public static readonly FindingDescriptor DetailLookupFailed = new("MailDomainDetailLookupFailed", Severity.Warning);
}
