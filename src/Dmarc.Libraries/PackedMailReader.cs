using Dmarc.Mail.Packed;
using MimeKit.Encodings;
using MimeKit.Tnef;

namespace Dmarc.Libraries;

/// <summary>MimeKit's readers of TNEF, uuencode and yEnc.</summary>
internal sealed class PackedMailReader : IPackedMailReader
{
    /// <summary>The length of the interface id before the data of an attached object (MS-OXTNEF §2.1.3.4).</summary>
    private const int InterfaceIdLength = 16;

    /// <summary>Format violations that may have cost an attachment, or part of one.</summary>
    private const TnefComplianceStatus Damage = TnefComplianceStatus.AttributeOverflow | TnefComplianceStatus.InvalidAttributeChecksum
        | TnefComplianceStatus.InvalidAttributeLength | TnefComplianceStatus.InvalidAttributeLevel | TnefComplianceStatus.InvalidPropertyLength
        | TnefComplianceStatus.InvalidRowCount | TnefComplianceStatus.InvalidTnefSignature | TnefComplianceStatus.NestingTooDeep
        | TnefComplianceStatus.StreamTruncated | TnefComplianceStatus.UnsupportedPropertyType;

    /// <inheritdoc/>
    public PackedParts ReadTnef(byte[] content, int maximumCount)
    {
        List<PackedPart> parts = [];
        Attachment? current = null;
        string? damage = null;
        bool isOverCount = false;
#if NET8_0_OR_GREATER
        // The library requires Windows-1252. PowerShell registers it; other hosts may not.
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
#endif

        using TnefReader reader = new(new MemoryStream(content, writable: false), 0, TnefComplianceMode.Loose);
        try
        {
            while (reader.ReadNextAttribute())
            {
                if (reader.AttributeLevel != TnefAttributeLevel.Attachment)
                {
                    continue;
                }

                if (reader.AttributeTag == TnefAttributeTag.AttachRenderData)
                {
                    Finish();
                    if (isOverCount)
                    {
                        break;
                    }

                    current = new Attachment();
                }
                else
                {
                    (current ??= new Attachment()).Read(reader);
                }
            }
        }
#pragma warning disable CA1031 // Every exception of the library concerns the content: earlier attachments are kept.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            damage = exception.Message;
        }

        Finish();
        TnefComplianceStatus status = reader.ComplianceStatus & Damage;
        return new PackedParts(parts, damage ?? (status == TnefComplianceStatus.Compliant ? null : status.ToString()), isOverCount);

        void Finish()
        {
            if (current?.Content is { } bytes && !isOverCount)
            {
                isOverCount = parts.Count == maximumCount;
                if (!isOverCount)
                {
                    parts.Add(new PackedPart(current.Name, current.MediaType, bytes));
                }
            }

            current = null;
        }
    }

    /// <inheritdoc/>
    public byte[] DecodeUuencode(byte[] lines) => Decode(new UUDecoder(), lines);

    /// <inheritdoc/>
    public byte[] DecodeYenc(byte[] lines) => Decode(new YDecoder(), lines);

    private static byte[] Decode(IMimeDecoder decoder, byte[] lines)
    {
        byte[] output = new byte[decoder.EstimateOutputLength(lines.Length)];
        int length = decoder.Decode(lines, 0, lines.Length, output);
        Array.Resize(ref output, length);
        return output;
    }

    /// <summary>An attachment built from its attributes, which arrive one by one.</summary>
    private sealed class Attachment
    {
        private string _title = "";
        private string _longName = "";

        public string Name => WithoutFolders(_longName.Length > 0 ? _longName : _title);

        public string MediaType { get; private set; } = "";

        public byte[]? Content { get; private set; }

        public void Read(TnefReader reader)
        {
            TnefPropertyReader properties = reader.TnefPropertyReader;
            switch (reader.AttributeTag)
            {
                case TnefAttributeTag.AttachTitle:
                    _title = properties.ReadValueAsString() ?? "";
                    break;
                case TnefAttributeTag.AttachData:
                    Content = properties.ReadValueAsBytes();
                    break;
                case TnefAttributeTag.Attachment:
                    while (properties.ReadNextProperty())
                    {
                        ReadProperty(properties);
                    }

                    break;
            }
        }

        private void ReadProperty(TnefPropertyReader properties)
        {
            switch (properties.PropertyTag.Id)
            {
                case TnefPropertyId.AttachLongFilename:
                    _longName = properties.ReadValueAsString() ?? "";
                    break;
                case TnefPropertyId.AttachFilename when _title.Length == 0:
                    _title = properties.ReadValueAsString() ?? "";
                    break;
                case TnefPropertyId.AttachMimeTag:
                    MediaType = (properties.ReadValueAsString() ?? "").ToLowerInvariant();
                    break;
                case TnefPropertyId.AttachData:
                    using (Stream raw = properties.GetRawValueReadStream())
                    using (MemoryStream bytes = new())
                    {
                        raw.CopyTo(bytes);
                        byte[] value = bytes.ToArray();
                        Content = properties.PropertyTag.ValueTnefType == TnefPropertyType.Object && value.Length >= InterfaceIdLength
                            ? [.. value.Skip(InterfaceIdLength)]
                            : value;
                    }

                    break;
            }
        }

        private static string WithoutFolders(string name) => name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).Trim().TrimEnd('\0');
    }
}
