namespace Dmarc.Mail.Outlook;

/// <summary>
/// An Outlook message file (<c>.msg</c>, MS-OXMSG). It keeps the header of a received message as text, but not the sent
/// form of its body and MIME structure: signatures over the header can be verified, those over the body cannot.
/// </summary>
/// <param name="header">The header with which the message was received; empty if the file has none.</param>
internal sealed class OutlookMessage(byte[] header)
{
    /// <summary>True if the message contains the header with which it was received.</summary>
    public bool HasTransportHeaders => header.Length > 0;

    /// <summary>The subject; empty if there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The SMTP address of the represented sender, to Outlook the author; empty if missing.</summary>
    public string AuthorAddress { get; init; } = "";

    /// <summary>The attachments in numerical order.</summary>
    public PrintableList<OutlookAttachment> Attachments { get; init; } = PrintableList<OutlookAttachment>.Empty;

    /// <summary>Findings about the file; those about an attached message are with its parent file.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True if the bytes begin a compound file, as <c>.msg</c> and old Word and Excel files do.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> beginning) => CompoundFile.IsCompoundFile(beginning);

    /// <summary>
    /// Reads a file. Never fails on content: input that is not a message file yields an empty message with a finding.
    /// The bytes are not kept.
    /// </summary>
    public static OutlookMessage Parse(ReadOnlyMemory<byte> bytes, OutlookReadOptions? options = null) =>
        OutlookMessageReader.Read(bytes, options ?? OutlookReadOptions.Default);

    /// <summary>
    /// The verifiable part of the message: the header fields, byte for byte as Outlook kept them, and no body. Empty if
    /// the message has no transport headers.
    /// </summary>
    public MailMessage ToMailMessage() => MailMessage.Parse(header);

    /// <summary>The attached messages and files of this message and of its attached messages, in order.</summary>
    public IEnumerable<OutlookAttachment> AllAttachments()
    {
        Stack<OutlookAttachment> open = new(Attachments.Reverse());
        while (open.Count > 0)
        {
            OutlookAttachment attachment = open.Pop();
            yield return attachment;
            foreach (OutlookAttachment inner in (attachment.Message?.Attachments ?? PrintableList<OutlookAttachment>.Empty).Reverse())
            {
                open.Push(inner);
            }
        }
    }
}
