namespace Dmarc.Mail.Outlook;

/// <summary>An attachment of an Outlook message.</summary>
internal sealed class OutlookAttachment
{
    internal OutlookAttachment(string fileName, string mediaType, ReadOnlyMemory<byte> content, OutlookMessage? message)
    {
        FileName = fileName;
        MediaType = mediaType;
        Content = content;
        Message = message;
    }

    /// <summary>The file name, without folders; may be empty. It is untrusted: never a path to write to.</summary>
    public string FileName { get; }

    /// <summary>The media type in lower case; empty if not given.</summary>
    public string MediaType { get; }

    /// <summary>The bytes; empty for an attached message and for an embedded object.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The attached Outlook message; null for a file.</summary>
    public OutlookMessage? Message { get; }

    /// <summary>The file name, or the subject of an attached message.</summary>
    public override string ToString() => FileName.Length > 0 ? FileName : Message?.Subject ?? MediaType;
}
