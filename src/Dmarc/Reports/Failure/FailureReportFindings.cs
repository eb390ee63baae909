using Dmarc.Text;

namespace Dmarc.Reports.Failure;

/// <summary>What can be found about failure reports.</summary>
public static class FailureReportFindings
{
    /// <summary>A field that must be there is not.</summary>
    public static readonly FindingDescriptor FieldMissing = new("FailureReportFieldMissing", Severity.Information, "RFC 6591 §3.1");

    /// <summary>A value is not in the standard's set.</summary>
    public static readonly FindingDescriptor ValueUnknown = new("FailureReportValueUnknown", Severity.Information, "RFC 6591 §3.2");

    /// <summary>A value is none of the kind that belongs there.</summary>
    public static readonly FindingDescriptor ValueInvalid = new("FailureReportValueInvalid", Severity.Warning, "RFC 6591 §3.2");

    /// <summary>A field that may stand once stands more often.</summary>
    public static readonly FindingDescriptor FieldRepeated = new("FailureReportFieldRepeated", Severity.Information, "RFC 5965 §3.1");

    /// <summary>A field goes on in lines that are not marked as its continuation.</summary>
    public static readonly FindingDescriptor Unfolded = new("FailureReportUnfolded", Severity.Information, "RFC 5322 §2.2.3");

    /// <summary>The report is text for people only.</summary>
    public static readonly FindingDescriptor PlainText = new("FailureReportPlainText", Severity.Information, "RFC 5965 §2");

    /// <summary>The report does not carry the message.</summary>
    public static readonly FindingDescriptor NoMessage = new("FailureReportNoMessage", Severity.Information, "RFC 5965 §2");

    /// <summary>The report is about something else than authentication.</summary>
    public static readonly FindingDescriptor OtherFeedback = new("FailureReportOtherFeedback", Severity.Information, "RFC 6591 §3.1");

    /// <summary>A value was longer than the limit.</summary>
    public static readonly FindingDescriptor Shortened = new("FailureReportShortened", Severity.Warning);

    /// <summary>The report has more fields than the limit.</summary>
    public static readonly FindingDescriptor FieldsDropped = new("FailureReportFieldsDropped", Severity.Warning);
}
