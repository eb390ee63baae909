using Dmarc.Text;

namespace Dmarc.Standards.MtaSts;

/// <summary>The findings about MTA-STS.</summary>
public static class MtaStsFindings
{
    /// <summary>There is no record.</summary>
    public static readonly FindingDescriptor Missing = new("MtaStsMissing", Severity.Information, "RFC 8461 §3.1");

    /// <summary>There are several records.</summary>
    public static readonly FindingDescriptor Multiple = new("MtaStsMultiple", Severity.Error, "RFC 8461 §3.1");

    /// <summary>The record does not begin exactly as it has to.</summary>
    public static readonly FindingDescriptor VersionWrong = new("MtaStsVersionWrong", Severity.Error, "RFC 8461 §3.1");

    /// <summary>The record has no valid id.</summary>
    public static readonly FindingDescriptor IdInvalid = new("MtaStsIdInvalid", Severity.Error, "RFC 8461 §3.1");

    /// <summary>A field of the record does not fit the grammar.</summary>
    public static readonly FindingDescriptor FieldInvalid = new("MtaStsFieldInvalid", Severity.Error, "RFC 8461 §3.1");

    /// <summary>The host of the policy is an alias.</summary>
    public static readonly FindingDescriptor HostAlias = new("MtaStsHostAlias", Severity.Information, "RFC 8461 §3.3");

    /// <summary>The host of the policy is an alias that leads nowhere.</summary>
    public static readonly FindingDescriptor HostDangling = new("MtaStsHostDangling", Severity.Error, "RFC 8461 §3.3");

    /// <summary>The policy could not be fetched.</summary>
    public static readonly FindingDescriptor PolicyUnreachable = new("MtaStsPolicyUnreachable", Severity.Error, "RFC 8461 §3.3");

    /// <summary>The policy is not served as text/plain.</summary>
    public static readonly FindingDescriptor MediaType = new("MtaStsMediaType", Severity.Warning, "RFC 8461 §3.2");

    /// <summary>A line of the policy that it has to have is missing or not valid.</summary>
    public static readonly FindingDescriptor PolicyInvalid = new("MtaStsPolicyInvalid", Severity.Error, "RFC 8461 §3.2");

    /// <summary>A pattern of the policy can match no host.</summary>
    public static readonly FindingDescriptor PatternInvalid = new("MtaStsPatternInvalid", Severity.Error, "RFC 8461 §4.1");

    /// <summary>The policy is kept for so short a time that it protects little.</summary>
    public static readonly FindingDescriptor MaxAgeShort = new("MtaStsMaxAgeShort", Severity.Warning, "RFC 8461 §10.2");

    /// <summary>The policy is only being tested.</summary>
    public static readonly FindingDescriptor Testing = new("MtaStsTesting", Severity.Warning, "RFC 8461 §5");

    /// <summary>The policy asks for nothing.</summary>
    public static readonly FindingDescriptor ModeNone = new("MtaStsModeNone", Severity.Information, "RFC 8461 §8.3");

    /// <summary>The policy does not allow a mail exchange of the domain.</summary>
    public static readonly FindingDescriptor HostNotAllowed = new("MtaStsHostNotAllowed", Severity.Error, "RFC 8461 §4.1");

    /// <summary>A pattern matches none of the mail exchanges.</summary>
    public static readonly FindingDescriptor PatternUnused = new("MtaStsPatternUnused", Severity.Information, "RFC 8461 §4.1");
}
