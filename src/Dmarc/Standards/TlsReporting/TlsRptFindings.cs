using Dmarc.Text;

namespace Dmarc.Standards.TlsReporting;

/// <summary>The findings about TLS reporting.</summary>
public static class TlsRptFindings
{
    /// <summary>There is no record.</summary>
    public static readonly FindingDescriptor Missing = new("TlsRptMissing", Severity.Information, "RFC 8460 §3");

    /// <summary>There are several records.</summary>
    public static readonly FindingDescriptor Multiple = new("TlsRptMultiple", Severity.Error, "RFC 8460 §3");

    /// <summary>The record does not begin exactly as it has to.</summary>
    public static readonly FindingDescriptor VersionWrong = new("TlsRptVersionWrong", Severity.Error, "RFC 8460 §3");

    /// <summary>A field of the record does not fit the grammar.</summary>
    public static readonly FindingDescriptor FieldInvalid = new("TlsRptFieldInvalid", Severity.Error, "RFC 8460 §3");

    /// <summary>The record names no destination.</summary>
    public static readonly FindingDescriptor DestinationMissing = new("TlsRptDestinationMissing", Severity.Error, "RFC 8460 §3");

    /// <summary>A destination is neither mailto: nor https:.</summary>
    public static readonly FindingDescriptor DestinationInvalid = new("TlsRptDestinationInvalid", Severity.Error, "RFC 8460 §3");
}
