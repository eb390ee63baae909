namespace Dmarc.Mail;

/// <summary>How much of a message is read, apart from what <c>ReportReadLimits</c> bounds.</summary>
internal static class MailLimits
{
    /// <summary>How many addresses of a field are read.</summary>
    public const int Addresses = 10_000;

    /// <summary>How many encoded words (RFC 2047) of a field are decoded; later ones stay as they are.</summary>
    public const int EncodedWords = 2000;

    /// <summary>How many parameters of a field, such as <c>boundary</c>, are read.</summary>
    public const int Parameters = 200;

    /// <summary>How many parts without a multipart around them are looked for in a message.</summary>
    public const int StrayParts = 100;

    /// <summary>How many characters of a pasted header are read.</summary>
    public const int PastedLength = 2 * 1024 * 1024;

    /// <summary>How many entries of the directory of an Outlook message (MS-CFB) are read.</summary>
    public const int OutlookEntries = 100_000;
}
