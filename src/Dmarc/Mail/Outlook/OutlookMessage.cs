using Dmarc.Text;

namespace Dmarc.Mail.Outlook;

/// <summary>
/// An Outlook message file (<c>.msg</c>, MS-OXMSG). It keeps the header of a received message as text, but neither its
/// body nor its MIME structure as they were sent: signatures over the header can be checked, those over the body not.
/// </summary>
internal sealed class OutlookMessage
{
    private readonly byte[] _header;
    private readonly OutlookReadOptions _options;

    internal OutlookMessage(byte[] header, OutlookReadOptions options)
    {
        _header = header;
        _options = options;
    }

    /// <summary>True if the message has the header that it was received with.</summary>
    public bool HasTransportHeaders => _header.Length > 0;

    /// <summary>The header that the message was received with, as text; empty if it has none.</summary>
    public string TransportHeaders => Charsets.DecodeLenient(_header);

    /// <summary>The subject; empty if there is none.</summary>
    public string Subject { get; internal init; } = "";

    /// <summary>The SMTP address of whom it was sent for: the author, if Outlook is right; empty if it is not said.</summary>
    public string AuthorAddress { get; internal init; } = "";

    /// <summary>The attachments in the order of their numbers.</summary>
    public PrintableList<OutlookAttachment> Attachments { get; internal init; } = PrintableList<OutlookAttachment>.Empty;

    /// <summary>What is wrong with the file. Of an attached message, the findings are with the file that it is in.</summary>
    public PrintableList<Finding> Findings { get; internal init; } = PrintableList<Finding>.Empty;

    /// <summary>True if the bytes begin a compound file, as every <c>.msg</c> file does; old Word and Excel files do too.</summary>
    /// <param name="beginning">The first bytes of the file; eight are enough.</param>
    public static bool IsCompoundFile(ReadOnlySpan<byte> beginning) => CompoundFile.IsCompoundFile(beginning);

    /// <summary>
    /// Reads a file. Nothing in it makes this fail: of what is no message file, an empty message with a finding is
    /// returned. The bytes are not kept.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="options">The limits; the defaults where null.</param>
    public static OutlookMessage Parse(ReadOnlyMemory<byte> bytes, OutlookReadOptions? options = null) =>
        OutlookMessageReader.Read(bytes, options ?? OutlookReadOptions.Default);

    /// <summary>
    /// The message as far as it can be verified: the fields of its header, byte for byte as far as Outlook kept them,
    /// and no body. Empty where the message has no transport headers.
    /// </summary>
    public MailMessage ToMailMessage() => MailMessage.Parse(_header, _options.Mail);

    /// <summary>The attached messages and files of this message and of those attached to it, in the order in which they stand.</summary>
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

    /// <summary>The author and the subject.</summary>
    public override string ToString() => AuthorAddress + ": " + Subject;
}
