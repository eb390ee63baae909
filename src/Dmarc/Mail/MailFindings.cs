using Dmarc.Text;

namespace Dmarc.Mail;

/// <summary>What can be wrong with a message as a message.</summary>
public static class MailFindings
{
    /// <summary>There is no header field at all.</summary>
    public static readonly FindingDescriptor NoHeader = new("MailNoHeader", Severity.Warning, "RFC 5322 §3.6");

    /// <summary>A line of the header section is neither a field nor the continuation of one.</summary>
    public static readonly FindingDescriptor HeaderLineUnreadable = new("MailHeaderLineUnreadable", Severity.Warning, "RFC 5322 §2.2");

    /// <summary>The header section is larger than <see cref="MailReadOptions.MaximumHeaderBytes"/>.</summary>
    public static readonly FindingDescriptor HeaderTooLong = new("MailHeaderTooLong", Severity.Warning);

    /// <summary>There are more fields than <see cref="MailReadOptions.MaximumHeaderCount"/>.</summary>
    public static readonly FindingDescriptor TooManyHeaders = new("MailTooManyHeaders", Severity.Warning);

    /// <summary>The message is larger than <see cref="MailReadOptions.MaximumMessageBytes"/>.</summary>
    public static readonly FindingDescriptor TooLarge = new("MailTooLarge", Severity.Error);

    /// <summary>Parts stand deeper than <see cref="MailReadOptions.MaximumDepth"/>.</summary>
    public static readonly FindingDescriptor NestingTooDeep = new("MailNestingTooDeep", Severity.Warning);

    /// <summary>There are more parts than <see cref="MailReadOptions.MaximumPartCount"/>.</summary>
    public static readonly FindingDescriptor TooManyParts = new("MailTooManyParts", Severity.Warning);

    /// <summary>A multipart type names no boundary.</summary>
    public static readonly FindingDescriptor BoundaryMissing = new("MailBoundaryMissing", Severity.Warning, "RFC 2046 §5.1.1");

    /// <summary>The boundary that a multipart type names does not occur in the body.</summary>
    public static readonly FindingDescriptor BoundaryNotFound = new("MailBoundaryNotFound", Severity.Warning, "RFC 2046 §5.1.1");

    /// <summary>The closing boundary is missing: the message was perhaps cut off.</summary>
    public static readonly FindingDescriptor BoundaryUnclosed = new("MailBoundaryUnclosed", Severity.Warning, "RFC 2046 §5.1.1");

    /// <summary>A part names a transfer encoding that does not exist; its bytes are taken as they are.</summary>
    public static readonly FindingDescriptor TransferEncodingUnknown = new("MailTransferEncodingUnknown", Severity.Warning, "RFC 2045 §6");
}
