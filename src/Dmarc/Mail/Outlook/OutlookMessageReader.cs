namespace Dmarc.Mail.Outlook;

/// <summary>Builds a message from the storages and properties of a compound file (MS-OXMSG §2).</summary>
internal sealed class OutlookMessageReader
{
    private const int TopLevelHeader = 32;
    private const int EmbeddedHeader = 24;
    private const int AttachmentHeader = 8;
    private const string AttachmentPrefix = "__attach_version1.0_#";

    /// <summary>The line that Exchange 2003 wrote before the header.</summary>
    private const string OldPreface = "Microsoft Mail Internet Headers Version 2.0";

    private readonly CompoundFile _file;
    private readonly OutlookReadOptions _options;
    private readonly List<Finding> _findings;
    private int _attachments;

    private OutlookMessageReader(CompoundFile file, OutlookReadOptions options, List<Finding> findings)
    {
        _file = file;
        _options = options;
        _findings = findings;
    }

    public static OutlookMessage Read(ReadOnlyMemory<byte> bytes, OutlookReadOptions options)
    {
        List<Finding> findings = [];
        CompoundFile? file = CompoundFile.Open(bytes, findings);
        if (file?.Root is null)
        {
            return new OutlookMessage([], options) { Findings = [.. findings] };
        }

        MapiProperties properties = new(file, file.Root, TopLevelHeader);
        if (!properties.HasNumbers)
        {
            findings.Add(OutlookFindings.NotAMessage.Create());
            return new OutlookMessage([], options) { Findings = [.. findings] };
        }

        return new OutlookMessageReader(file, options, findings).Read(properties, 1);
    }

    private OutlookMessage Read(MapiProperties properties, int depth)
    {
        byte[] header = ReadHeader(properties);
        PrintableList<OutlookAttachment> attachments = ReadAttachments(properties.Storage, depth);
        if (depth == 1)
        {
            _findings.Add(header.Length == 0 ? OutlookFindings.NoTransportHeaders.Create() : OutlookFindings.BodyNotOriginal.Create());
        }

        return new OutlookMessage(header, _options)
        {
            Subject = properties.GetText(0x0037) ?? "",
            AuthorAddress = Smtp(properties, 0x5D02, 0x0065),
            Attachments = attachments,
            Findings = depth == 1 ? [.. _findings] : PrintableList<Finding>.Empty,
        };
    }

    private PrintableList<OutlookAttachment> ReadAttachments(CompoundEntry storage, int depth)
    {
        List<OutlookAttachment> attachments = [];
        foreach (CompoundEntry child in storage.Children
            .Where(child => child.IsStorage && child.Name.StartsWith(AttachmentPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(child => child.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (++_attachments > _options.MaximumAttachmentCount)
            {
                if (_attachments == _options.MaximumAttachmentCount + 1)
                {
                    _findings.Add(
                        OutlookFindings.TooManyAttachments.Create(
                            _options.MaximumAttachmentCount.ToString("N0", CultureInfo.InvariantCulture)));
                }

                break;
            }

            attachments.Add(ReadAttachment(child, depth));
        }

        return [.. attachments];
    }

    private OutlookAttachment ReadAttachment(CompoundEntry storage, int depth)
    {
        MapiProperties properties = new(_file, storage, AttachmentHeader);
        string name = properties.GetText(0x3707) is { Length: > 0 } longName
            ? longName
            : properties.GetText(0x3704) ?? properties.GetText(0x3001) ?? "";
        OutlookMessage? message = null;
        if (properties.GetStorage(0x3701) is { } embedded
            && new MapiProperties(_file, embedded, EmbeddedHeader) is { HasNumbers: true } inner)
        {
            if (depth < _options.MaximumDepth)
            {
                message = Read(inner, depth + 1);
            }
            else
            {
                _findings.Add(OutlookFindings.NestingTooDeep.Create(_options.MaximumDepth));
            }
        }

#pragma warning disable CA1308 // Media types are written in lower case.
        string mediaType = (properties.GetText(0x370E) ?? "").Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return new OutlookAttachment(
            name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).Trim(),
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
