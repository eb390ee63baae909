namespace Dmarc.Mail;

/// <summary>
/// A received message: its exact header fields and body, and its MIME tree, which is read on first use. Reading never
/// fails on content: problems are in <see cref="Findings"/>.
/// </summary>
public sealed class MailMessage
{
    private const int FirstSize = 16 * 1024;
    private const int MaximumArrayLength = 0x7FFFFFC7;

    private readonly Lazy<(MimePart Root, PrintableList<Finding> Findings)> _structure;

    internal MailMessage(ReadOnlyMemory<byte> raw, MailHeaderSection section, MimePart root)
    {
        Raw = raw;
        Headers = section.Headers;
        Body = raw.Slice(section.BodyStart);
        _structure = new(() => (root, PrintableList<Finding>.Empty));
    }

    private MailMessage(ReadOnlyMemory<byte> raw, MailReadOptions options, bool truncated)
    {
        List<Finding> findings = [];
        MailHeaderSection section = MailHeaderSection.Read(raw, 0, isMessage: true, options, findings);
        Raw = raw;
        Headers = section.Headers;
        Body = raw.Slice(section.BodyStart);
        IsTruncated = truncated;
        HasUnreadableLines = findings.Exists(finding => finding.Code == MailFindings.HeaderLineUnreadable.Code);
        if (Headers.Count == 0)
        {
            findings.Add(MailFindings.NoHeader.Create());
        }

        if (truncated)
        {
            findings.Add(MailFindings.TooLarge.Create(options.MaximumMessageBytes.ToString("N0", CultureInfo.InvariantCulture)));
        }

        _structure = new(() =>
        {
            MimePart root = new MimeParser(options, findings).Parse(section.Headers, Body, section.BodyStart, 0, "text/plain");
            return (root, findings.ToPrintableList());
        });
    }

    /// <summary>The whole message as read.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The header fields in order.</summary>
    public PrintableList<MailHeader> Headers { get; }

    /// <summary>The bytes after the empty line that ends the header.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>True if the message exceeded the <see cref="MailReadOptions"/> and its end is missing.</summary>
    public bool IsTruncated { get; }

    /// <summary>True if the header contains lines that are not fields.</summary>
    internal bool HasUnreadableLines { get; }

    /// <summary>The message as a MIME part: its content or its parts.</summary>
    public MimePart Root => _structure.Value.Root;

    /// <summary>Findings about header and structure; those about attached messages are with the parent.</summary>
    public PrintableList<Finding> Findings => _structure.Value.Findings;

    /// <summary>The subject with its encoded words decoded; empty if there is none.</summary>
    public string Subject => GetHeader("Subject")?.DecodedValue ?? "";

    /// <summary>The authors: the addresses of every <c>From</c> field, in order.</summary>
    public PrintableList<MailAddress> From =>
        GetHeaders("From").SelectMany(header => MailAddress.ParseList(header.Value)).ToPrintableList();

    /// <summary>The first field of this name, from the top; null if there is none.</summary>
    /// <param name="name">The name without the colon, in any letter case.</param>
    public MailHeader? GetHeader(string name) => MimePart.Find(Headers, name);

    /// <summary>All fields of this name, from the top.</summary>
    /// <param name="name">The name without the colon, in any letter case.</param>
    public IEnumerable<MailHeader> GetHeaders(string name) => Headers.Where(header => header.IsNamed(name));

    /// <summary>Reads a message. The bytes are kept without copying: they must not change afterwards.</summary>
    /// <param name="bytes">The message, with lines ending in CRLF or LF.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    public static MailMessage Parse(ReadOnlyMemory<byte> bytes, MailReadOptions? options = null)
    {
        options ??= MailReadOptions.Default;
        bool truncated = bytes.Length > options.MaximumMessageBytes;
        return new MailMessage(truncated ? bytes.Slice(0, options.MaximumMessageBytes) : bytes, options, truncated);
    }

    /// <summary>Reads a message that may already be truncated.</summary>
    internal static MailMessage Parse(ReadOnlyMemory<byte> bytes, MailReadOptions options, bool truncated) =>
        new(bytes, options, truncated);

    /// <summary>Reads a message from the position of the stream up to its end or the limit.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static MailMessage Read(Stream stream, MailReadOptions? options = null)
    {
        options ??= MailReadOptions.Default;

        // One byte over the limit shows that the message is truncated.
        int maximum = Math.Min(options.MaximumMessageBytes, MaximumArrayLength - 1);
        long size = stream.CanSeek ? stream.Length - stream.Position + 1 : FirstSize;
        byte[] buffer = new byte[Math.Max(1, Math.Min(size, maximum + 1L))];
        int length = 0;
        int read;
        do
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(FirstSize, buffer.Length * 2L), maximum + 1L));
            }

            read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
        }
        while (read > 0 && length <= maximum);

        return new MailMessage(buffer.AsMemory(0, Math.Min(length, maximum)), options, length > maximum);
    }

    /// <summary>Author and subject.</summary>
    public override string ToString() => "From: " + From + "; Subject: " + Subject;
}
