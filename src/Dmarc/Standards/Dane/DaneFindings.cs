using Dmarc.Text;

namespace Dmarc.Standards.Dane;

/// <summary>The findings about TLSA records of mail exchanges.</summary>
public static class DaneFindings
{
    /// <summary>There are records, and the resolver does not say that it validated them.</summary>
    public static readonly FindingDescriptor NotValidated = new("DaneNotValidated", Severity.Warning, "RFC 7672 §2.2");

    /// <summary>A record has a usage that senders of mail make nothing of.</summary>
    public static readonly FindingDescriptor UsageUnusable = new("DaneUsageUnusable", Severity.Warning, "RFC 7672 §3.1.3");

    /// <summary>A record cannot be right.</summary>
    public static readonly FindingDescriptor RecordInvalid = new("DaneRecordInvalid", Severity.Error, "RFC 6698 §2.1");

    /// <summary>Some mail exchanges have records and others have none.</summary>
    public static readonly FindingDescriptor HostWithout = new("DaneHostWithout", Severity.Warning, "RFC 7672 §2.2.3");
}
