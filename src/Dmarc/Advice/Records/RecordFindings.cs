using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>The findings about the look-up of any record of a domain.</summary>
public static class RecordFindings
{
    /// <summary>A look-up failed, so a part is not known.</summary>
    public static readonly FindingDescriptor LookupFailed = new("MailDomainLookupFailed", Severity.Error);

    /// <summary>The name of a record is an alias.</summary>
    public static readonly FindingDescriptor RecordAlias = new("MailDomainRecordAlias", Severity.Information, "RFC 1034 §3.6.2");

    /// <summary>The name of a record is an alias that leads to none.</summary>
    public static readonly FindingDescriptor AliasDangling = new("MailDomainAliasDangling", Severity.Error, "RFC 1034 §3.6.2");

    /// <summary>A look-up beside the main one failed, so details of a part are missing.</summary>
    public static readonly FindingDescriptor DetailLookupFailed = new("MailDomainDetailLookupFailed", Severity.Warning);
}
