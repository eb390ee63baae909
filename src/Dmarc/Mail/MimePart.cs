using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Dmarc.Text;

namespace Dmarc.Mail;

/// <summary>
/// One part of a message's MIME tree (RFC 2045, 2046): a leaf with content, a multipart with <see cref="Parts"/>, or an
/// attached message. A message that is no multipart is a tree of one leaf.
/// </summary>
public sealed class MimePart
{
    private readonly ParameterizedValue _contentType;
    private readonly ParameterizedValue _disposition;

    internal MimePart(
        PrintableList<MailHeader> headers,
        ReadOnlyMemory<byte> rawContent,
        ParameterizedValue contentType,
        string mediaType,
        TransferEncoding encoding)
    {
        Headers = headers;
        RawContent = rawContent;
        _contentType = contentType;
        MediaType = mediaType;
        TransferEncoding = encoding;
        _disposition = ParameterizedValue.Parse(Find(headers, "Content-Disposition")?.Value);
    }

    /// <summary>The header fields of the part; for the root those of the message.</summary>
    public PrintableList<MailHeader> Headers { get; }

    /// <summary>The media type in lower case without parameters, such as <c>application/gzip</c>; <c>text/plain</c> where none is named.</summary>
    public string MediaType { get; }

    /// <summary>The <c>Content-Type</c> field with its parameters.</summary>
    public ParameterizedValue ContentType => _contentType;

    /// <summary>The <c>Content-Disposition</c> field with its parameters; an empty value where there is none.</summary>
    public ParameterizedValue ContentDisposition => _disposition;

    /// <summary>How the content is written.</summary>
    public TransferEncoding TransferEncoding { get; }

    /// <summary>The character set that the part names; null if it names none.</summary>
    public string? Charset => _contentType.GetParameter("charset");

    /// <summary>The file name that the part gives, without folders; empty if it gives none. A stranger chose it: never a path to write to.</summary>
    public string FileName => WithoutFolders(_disposition.GetParameter("filename") ?? _contentType.GetParameter("name") ?? "");

    /// <summary>The content as it is written in the message, before any decoding.</summary>
    public ReadOnlyMemory<byte> RawContent { get; }

    /// <summary>The parts of a multipart, in order; empty for others.</summary>
    public PrintableList<MimePart> Parts { get; internal init; } = PrintableList<MimePart>.Empty;

    /// <summary>The message that the part carries (<c>message/rfc822</c>, <c>message/global</c>); null for others.</summary>
    public MailMessage? Message { get; internal init; }

    /// <summary>What stands in a multipart outside its parts: before the first delimiter, and behind the last.</summary>
    internal (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Surroundings { get; init; }

    /// <summary>True for a multipart.</summary>
    public bool IsMultipart => Parts.Count > 0;

    /// <summary>The content decoded, as a stream to read once from the beginning. Nothing is copied before it is read.</summary>
    public Stream OpenContent() => Open(RawContent, TransferEncoding);

    /// <summary>The content decoded.</summary>
    /// <param name="maximumBytes">How many bytes to read at most; the rest is left out.</param>
    public byte[] ReadContent(int maximumBytes = int.MaxValue)
    {
        if (TransferEncoding is TransferEncoding.Identity or TransferEncoding.Unknown)
        {
            return RawContent.Slice(0, Math.Min(RawContent.Length, maximumBytes)).ToArray();
        }

        using Stream stream = OpenContent();

        // Decoding never makes more of it.
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

    /// <summary>The content as text, by the character set that the part names; where it names none or an unknown one, UTF-8 or Windows-1252.</summary>
    /// <param name="maximumBytes">How many bytes of content to read at most.</param>
    public string ReadText(int maximumBytes = int.MaxValue)
    {
        string text = Charsets.Decode(Charset, ReadContent(maximumBytes));
        return text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
    }

    /// <summary>This part and all below it, those of attached messages included, in the order in which they stand.</summary>
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

    /// <summary>The media type, and the file name where there is one.</summary>
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

    private static string WithoutFolders(string name) => name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).Trim();
}
