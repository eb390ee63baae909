namespace Dmarc.Mail.Outlook;

/// <summary>Builds a message from the storages and properties of a compound file (MS-OXMSG §2).</summary>
internal sealed class OutlookMessageReader(CompoundFile file, OutlookReadOptions options, List<Finding> findings)
{
    private const int TopLevelHeader = 32;
    private const int EmbeddedHeader = 24;
    private const int AttachmentHeader = 8;
    private const string AttachmentPrefix = "__attach_version1.0_#";

    /// <summary>The line that Exchange 2003 wrote before the header.</summary>
    private const string OldPreface = "Microsoft Mail Internet Headers Version 2.0";

    private int _attachments;

    public static OutlookMessage Read(ReadOnlyMemory<byte> bytes, OutlookReadOptions options)
    {
        List<Finding> findings = [];
        if (CompoundFile.Open(bytes, findings) is { Root: { } root } file)
        {
            MapiProperties properties = new(file, root, TopLevelHeader);
            if (properties.HasNumbers)
            {
                return new OutlookMessageReader(file, options, findings).Read(properties, 1);
            }

            findings.Add(OutlookFindings.NotAMessage.Create());
        }

        return new OutlookMessage([]) { Findings = [.. findings] };
    }

    private OutlookMessage Read(MapiProperties properties, int depth)
    {
        byte[] header = ReadHeader(properties);
        PrintableList<OutlookAttachment> attachments = ReadAttachments(properties.Storage, depth);
        if (depth == 1)
        {
            findings.Add(header.Length == 0
                ? OutlookFindings.NoTransportHeaders.Create()
                : OutlookFindings.BodyNotOriginal.Create());
        }

        return new OutlookMessage(header)
        {
            Subject = properties.GetText(0x0037) ?? "",
            AuthorAddress = Smtp(properties, 0x5D02, 0x0065),
            Attachments = attachments,
            Findings = depth == 1 ? [.. findings] : PrintableList<Finding>.Empty,
        };
    }

    private PrintableList<OutlookAttachment> ReadAttachments(CompoundEntry storage, int depth)
    {
        List<OutlookAttachment> attachments = [];
        foreach (CompoundEntry child in storage.Children
            .Where(child => child.IsStorage && child.Name.StartsWith(AttachmentPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(child => child.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (++_attachments > options.MaximumAttachmentCount)
            {
                if (_attachments == options.MaximumAttachmentCount + 1)
                {
                    findings.Add(OutlookFindings.TooManyAttachments.Create(
                        options.MaximumAttachmentCount.ToString("N0", CultureInfo.InvariantCulture)));
                }

                break;
            }

            attachments.Add(ReadAttachment(child, depth));
        }

        return [.. attachments];
    }

    private OutlookAttachment ReadAttachment(CompoundEntry storage, int depth)
    {
        MapiProperties properties = new(file, storage, AttachmentHeader);
        string name = properties.GetText(0x3707) is { Length: > 0 } longName
            ? longName
            : properties.GetText(0x3704) ?? properties.GetText(0x3001) ?? "";
        OutlookMessage? message = null;
        if (properties.GetStorage(0x3701) is { } embedded
            && new MapiProperties(file, embedded, EmbeddedHeader) is { HasNumbers: true } inner)
        {
            message = depth < options.MaximumDepth ? Read(inner, depth + 1) : null;
            if (message is null)
            {
                findings.Add(OutlookFindings.NestingTooDeep.Create(options.MaximumDepth));
            }
        }

#pragma warning disable CA1308 // Media types are written in lower case.
        string mediaType = (properties.GetText(0x370E) ?? "").Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return new OutlookAttachment(
            MimePart.WithoutFolders(name),
            mediaType,
            message is null ? properties.GetBytes(0x3701) ?? [] : [],
            message);
    }

    /// <summary>The header up to its empty line, in CRLF lines, without the line written by old servers.</summary>
    private static byte[] ReadHeader(MapiProperties properties)
    {
        // A code page keeps the original bytes; Unicode text was decoded before, most likely from UTF-8.
        byte[] bytes = properties.GetAnsiBytes(0x007D) ?? Encoding.UTF8.GetBytes(properties.GetText(0x007D) ?? "");
        ReadOnlySpan<byte> span = bytes;
        while (span.Length > 0 && (AsciiBytes.IsWhiteSpace(span[0]) || span[0] is AsciiBytes.LineFeed or AsciiBytes.CarriageReturn))
        {
            span = span.Slice(1);
        }

        if (AsciiBytes.StartsWith(span, OldPreface))
        {
            span = span.Slice(MailHeaderSection.NextLine(span, 0));
        }

        int position = 0;
        while (position < span.Length)
        {
            int next = MailHeaderSection.NextLine(span, position);
            if (MailHeaderSection.TrimLineEnd(span.Slice(position, next - position)).IsEmpty)
            {
                break;
            }

            position = next;
        }

        span = span.Slice(0, position);
        return span.IsEmpty ? [] : span.ToArray();
    }

    /// <summary>The SMTP address, or an address of another type if it has the form of an SMTP address.</summary>
    private static string Smtp(MapiProperties properties, ushort smtp, ushort any)
    {
        if (properties.GetText(smtp) is { Length: > 0 } address)
        {
            return address;
        }

        string other = properties.GetText(any) ?? "";
        return other.IndexOf('@') > 0 ? other : "";
    }
}
