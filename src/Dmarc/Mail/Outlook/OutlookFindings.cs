using Dmarc.Text;

namespace Dmarc.Mail.Outlook;

/// <summary>What can be said about an Outlook message file.</summary>
public static class OutlookFindings
{
    /// <summary>The file is no compound file, or its header is damaged beyond reading.</summary>
    public static readonly FindingDescriptor NotCompound = new("OutlookNotCompound", Severity.Error, "MS-CFB §2.2");

    /// <summary>A chain of sectors ends where it should not: outside of the file, in a loop, or too early.</summary>
    public static readonly FindingDescriptor ChainBroken = new("OutlookChainBroken", Severity.Warning, "MS-CFB §2.3");

    /// <summary>The directory is damaged; entries are missing.</summary>
    public static readonly FindingDescriptor DirectoryBroken = new("OutlookDirectoryBroken", Severity.Warning, "MS-CFB §2.6");

    /// <summary>The file refers to more data than it holds.</summary>
    public static readonly FindingDescriptor TooMuchData = new("OutlookTooMuchData", Severity.Warning);

    /// <summary>Messages are attached to messages deeper than is read.</summary>
    public static readonly FindingDescriptor NestingTooDeep = new("OutlookNestingTooDeep", Severity.Warning);

    /// <summary>There are more attachments than are read.</summary>
    public static readonly FindingDescriptor TooManyAttachments = new("OutlookTooManyAttachments", Severity.Warning);

    /// <summary>The compound file holds no message.</summary>
    public static readonly FindingDescriptor NotAMessage = new("OutlookNotAMessage", Severity.Error, "MS-OXMSG §2.4");

    /// <summary>The message has no transport headers: it was never received from the Internet, or they were taken off.</summary>
    public static readonly FindingDescriptor NoTransportHeaders = new("OutlookNoTransportHeaders", Severity.Warning, "MS-OXOMSG §2.2.1.61");

    /// <summary>Outlook does not keep the body as it was sent, so signatures over it cannot be checked.</summary>
    public static readonly FindingDescriptor BodyNotOriginal = new("OutlookBodyNotOriginal", Severity.Information);
}
