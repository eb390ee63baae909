using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Dmarc.Mail;

/// <summary>
/// One part of a message's MIME tree (RFC 2045, 2046): a leaf with content, a multipart with <see cref="Parts"/>, or
/// an attached message. A message that is not a multipart is a tree of one leaf.
/// </summary>
public sealed class MimePart
{
    internal MimePart(
        PrintableList<MailHeader> headers,
        ReadOnlyMemory<byte> rawContent,
        ParameterizedValue contentType,
        string mediaType,
        TransferEncoding encoding)
    {
        Headers = headers;
        RawContent = rawContent;
        ContentType = contentType;
        MediaType = mediaType;
        TransferEncoding = encoding;
        ContentDisposition = ParameterizedValue.Parse(Find(headers, "Content-Disposition")?.Value);
    }

    /// <summary>The header fields of the part; for the root, those of the message.</summary>
    public PrintableList<MailHeader> Headers { get; }

    /// <summary>The media type in lower case without parameters; <c>text/plain</c> if none is given.</summary>
    public string MediaType { get; }

    /// <summary>The <c>Content-Type</c> field with its parameters.</summary>
    public ParameterizedValue ContentType { get; }

    /// <summary>The <c>Content-Disposition</c> field with its parameters; empty if there is none.</summary>
    public ParameterizedValue ContentDisposition { get; }

    /// <summary>The encoding of the content.</summary>
    public TransferEncoding TransferEncoding { get; }

    /// <summary>The character set given by the part; null if there is none.</summary>
    public string? Charset => ContentType.GetParameter("charset");

    /// <summary>The file name of the part, without folders; may be empty. Untrusted: never write to it.</summary>
    public string FileName =>
        WithoutFolders(ContentDisposition.GetParameter("filename") ?? ContentType.GetParameter("name") ?? "");

    /// <summary>The content before any decoding.</summary>
    public ReadOnlyMemory<byte> RawContent { get; }

    /// <summary>The parts of a multipart, in order; otherwise empty.</summary>
    public PrintableList<MimePart> Parts { get; internal init; } = PrintableList<MimePart>.Empty;

    /// <summary>The message in the part (<c>message/rfc822</c>, <c>message/global</c>); null for other parts.</summary>
    public MailMessage? Message { get; internal init; }

    /// <summary>The text of a multipart outside its parts: before the first delimiter and after the last.</summary>
    internal (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Surroundings { get; init; }

    /// <summary>True for a multipart.</summary>
    public bool IsMultipart => Parts.Count > 0;

    /// <summary>The decoded content as a stream to read once. Nothing is copied before it is read.</summary>
    public Stream OpenContent() => Open(RawContent, TransferEncoding);

    /// <summary>The decoded content.</summary>
    /// <param name="maximumBytes">The maximum number of bytes to read; the rest is left out.</param>
    public byte[] ReadContent(int maximumBytes = int.MaxValue)
    {
        if (TransferEncoding is TransferEncoding.Identity or TransferEncoding.Unknown)
        {
            return RawContent.Slice(0, Math.Min(RawContent.Length, maximumBytes)).ToArray();
        }

        using Stream stream = OpenContent();

        // Decoding never increases the size.
        byte[] content = new byte[Math.Min(RawContent.Length, maximumBytes)];
        int length = 0;
        for (int read = -1; read != 0 && length < content.Length;)
        {
            read = stream.Read(content, length, content.Length - length);
            length += read;
        }

        Array.Resize(ref content, length);
        return content;
    }

    /// <summary>The content as text in the part's character set, otherwise in UTF-8 or Windows-1252.</summary>
    /// <param name="maximumBytes">The maximum number of content bytes to read.</param>
    public string ReadText(int maximumBytes = int.MaxValue)
    {
        string text = Charsets.Decode(Charset, ReadContent(maximumBytes));
        return text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
    }

    /// <summary>This part and all parts below it, including those of attached messages, in order.</summary>
    public IEnumerable<MimePart> SelfAndDescendants()
    {
        Stack<MimePart> open = new();
        open.Push(this);
        while (open.Count > 0)
        {
            MimePart part = open.Pop();
            yield return part;
            if (part.Message is not null)
            {
                open.Push(part.Message.Root);
            }

            for (int i = part.Parts.Count - 1; i >= 0; i--)
            {
                open.Push(part.Parts[i]);
            }
        }
    }

    /// <summary>The media type, and the file name if there is one.</summary>
    public override string ToString() => FileName.Length == 0 ? MediaType : MediaType + " " + FileName;

    internal static MailHeader? Find(PrintableList<MailHeader> headers, string name)
    {
        foreach (MailHeader header in headers.AsSpan())
        {
            if (header.IsNamed(name))
            {
                return header;
            }
        }

        return null;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the stream.")]
    internal static Stream Open(ReadOnlyMemory<byte> raw, TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.Base64 => new Base64DecodingStream(raw),
        TransferEncoding.QuotedPrintable => new QuotedPrintableDecodingStream(raw),
        _ => MemoryMarshal.TryGetArray(raw, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(raw.ToArray(), writable: false),
    };

    internal static string WithoutFolders(string name) => name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).Trim();
}
