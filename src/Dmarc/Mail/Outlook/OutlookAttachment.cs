namespace Dmarc.Mail.Outlook;

/// <summary>An attachment of an Outlook message.</summary>
/// <param name="FileName">The file name, without folders; may be empty. It is untrusted: never a path to write
/// to.</param>
/// <param name="MediaType">The media type in lower case; empty if not given.</param>
/// <param name="Content">The bytes; empty for an attached message and for an embedded object.</param>
/// <param name="Message">The attached Outlook message; null for a file.</param>
internal sealed record OutlookAttachment(
    string FileName, string MediaType, ReadOnlyMemory<byte> Content, OutlookMessage? Message)
{
    /// <summary>The file name, or the subject of an attached message.</summary>
    public override string ToString() => FileName.Length > 0 ? FileName : Message?.Subject ?? MediaType;
}
