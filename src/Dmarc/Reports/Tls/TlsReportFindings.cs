using Dmarc.Text;

namespace Dmarc.Reports.Tls;

/// <summary>What can be found about TLS reports and their rows.</summary>
public static class TlsReportFindings
{
    /// <summary>A member that must be there is not.</summary>
    public static readonly FindingDescriptor MemberMissing = new("TlsReportMemberMissing", Severity.Information, "RFC 8460 §4.4");

    /// <summary>A value is not in the standard's set.</summary>
    public static readonly FindingDescriptor ValueUnknown = new("TlsReportValueUnknown", Severity.Information, "RFC 8460 §4.3");

    /// <summary>A value is none of the kind that belongs there.</summary>
    public static readonly FindingDescriptor ValueInvalid = new("TlsReportValueInvalid", Severity.Warning, "RFC 8460 §4.4");

    /// <summary>The report ends before it begins.</summary>
    public static readonly FindingDescriptor TimeReversed = new("TlsReportTimeReversed", Severity.Warning, "RFC 8460 §4.4");

    /// <summary>The failures of a policy do not add up to its total.</summary>
    public static readonly FindingDescriptor CountsDiffer = new("TlsReportCountsDiffer", Severity.Information, "RFC 8460 §4.4");

    /// <summary>A report has no policies.</summary>
    public static readonly FindingDescriptor NoPolicies = new("TlsReportNoPolicies", Severity.Warning, "RFC 8460 §4.4");

    /// <summary>A file has many reports that are not as they should be; not all of them were named.</summary>
    public static readonly FindingDescriptor MoreReports = new("TlsReportMoreReports", Severity.Warning);

    /// <summary>A file breaks off before its end.</summary>
    public static readonly FindingDescriptor CutOff = new("TlsReportCutOff", Severity.Warning);

    /// <summary>A file is no sound JSON.</summary>
    public static readonly FindingDescriptor Damaged = new("TlsReportDamaged", Severity.Warning, "RFC 8259");

    /// <summary>Rows have no domain or no readable number of sessions.</summary>
    public static readonly FindingDescriptor RowsIncomplete = new("TlsReportRowsIncomplete", Severity.Warning, "RFC 8460 §4.4");

    /// <summary>Rows without a certain domain and number of sessions were left out.</summary>
    public static readonly FindingDescriptor RowsLeftOut = new("TlsReportRowsLeftOut", Severity.Warning);

    /// <summary>Values were longer than the limit.</summary>
    public static readonly FindingDescriptor ValuesShortened = new("TlsReportValuesShortened", Severity.Warning);

    /// <summary>A list had more entries than the limit.</summary>
    public static readonly FindingDescriptor EntriesDropped = new("TlsReportEntriesDropped", Severity.Warning);
}
