namespace Dmarc.Mail;

/// <summary>Limits of reading a message, other than those of <c>ReportReadLimits</c>.</summary>
internal static class MailLimits
{
    /// <summary>The maximum number of addresses read in a field.</summary>
    public const int Addresses = 10_000;

    /// <summary>The maximum number of encoded words (RFC 2047) decoded in a field; later ones are unchanged.</summary>
    public const int EncodedWords = 2000;

    /// <summary>The maximum number of parameters read in a field, such as <c>boundary</c>.</summary>
    public const int Parameters = 200;

    /// <summary>The maximum number of parts found outside a multipart in a message.</summary>
    public const int StrayParts = 100;

    /// <summary>The maximum number of characters read of a pasted header.</summary>
    public const int PastedLength = 2 * 1024 * 1024;

    /// <summary>The maximum number of directory entries read of an Outlook message (MS-CFB).</summary>
    public const int OutlookEntries = 100_000;
}
