using System.Buffers.Binary;

namespace Dmarc.Mail.Outlook;

/// <summary>The MAPI properties of a storage (MS-OXMSG §2.4): numbers in one stream, others in one each.</summary>
internal sealed class MapiProperties
{
    private const ushort TypeInteger = 0x0003;
    private const int EntryLength = 16;

    private readonly CompoundFile _file;
    private readonly Dictionary<uint, ulong> _numbers = [];
    private readonly Dictionary<string, CompoundEntry> _streams = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the properties of a storage.</summary>
    /// <param name="file">The file.</param>
    /// <param name="storage">The storage of a message or of an attachment.</param>
    /// <param name="headerLength">The bytes before the numbers: message 32, attached message 24, attachment 8.</param>
    public MapiProperties(CompoundFile file, CompoundEntry storage, int headerLength)
    {
        _file = file;
        Storage = storage;
        foreach (CompoundEntry child in storage.Children)
        {
            _streams[child.Name] = child;
        }

        if (_streams.TryGetValue("__properties_version1.0", out CompoundEntry? entry) && !entry.IsStorage)
        {
            HasNumbers = true;
            byte[] content = file.ReadStream(entry);
            for (int position = headerLength; position + EntryLength <= content.Length; position += EntryLength)
            {
                ReadOnlySpan<byte> span = content.AsSpan(position);
                _numbers[BinaryPrimitives.ReadUInt32LittleEndian(span)] = BinaryPrimitives.ReadUInt64LittleEndian(span.Slice(8));
            }
        }
    }

    /// <summary>True if the storage has a property stream, as every message and attachment must.</summary>
    public bool HasNumbers { get; }

    /// <summary>The storage of the properties.</summary>
    public CompoundEntry Storage { get; }

    /// <summary>A number; null if the property is missing.</summary>
    public int? GetInteger(ushort id) =>
        _numbers.TryGetValue(((uint)id << 16) | TypeInteger, out ulong value) ? unchecked((int)(uint)value) : null;

    /// <summary>A text in Unicode or, failing that, in a code page; null if the property is missing.</summary>
    public string? GetText(ushort id)
    {
        if (FindStream(id, "001F") is { } unicode)
        {
            byte[] bytes = _file.ReadStream(unicode);
            return Encoding.Unicode.GetString(bytes, 0, bytes.Length & ~1).TrimEnd('\0');
        }

        return GetAnsiBytes(id) is { } ansi ? Charsets.Decode(CodePage(), ansi) : null;
    }

    /// <summary>The bytes of a text stored in a code page; null otherwise.</summary>
    public byte[]? GetAnsiBytes(ushort id)
    {
        if (FindStream(id, "001E") is not { } stream)
        {
            return null;
        }

        byte[] bytes = _file.ReadStream(stream);
        Array.Resize(ref bytes, Array.FindLastIndex(bytes, octet => octet != 0) + 1);
        return bytes;
    }

    /// <summary>Bytes; null if the property is missing.</summary>
    public byte[]? GetBytes(ushort id) => FindStream(id, "0102") is { } stream ? _file.ReadStream(stream) : null;

    /// <summary>The storage that the property contains; null if there is none.</summary>
    public CompoundEntry? GetStorage(ushort id) =>
        _streams.TryGetValue(StreamName(id, "000D"), out CompoundEntry? entry) && entry.IsStorage ? entry : null;

    /// <summary>The character set of the bytes (PidTagInternetCodepage, PidTagMessageCodepage), or null.</summary>
    public string? CodePage() => (GetInteger(0x3FDE) ?? GetInteger(0x3FFD)) switch
    {
        65001 => "utf-8",
        20127 => "us-ascii",
        28591 => "iso-8859-1",
        50220 or 50221 or 50222 => "iso-2022-jp",
        932 => "shift_jis",
        936 => "gb2312",
        949 => "ks_c_5601-1987",
        950 => "big5",
        >= 1250 and <= 1258 and int windows => "windows-" + windows.ToString(CultureInfo.InvariantCulture),
        >= 28592 and <= 28605 and int iso => "iso-8859-" + (iso - 28590).ToString(CultureInfo.InvariantCulture),
        20866 => "koi8-r",
        21866 => "koi8-u",
        51932 => "euc-jp",
        51949 => "euc-kr",
        54936 => "gb18030",
        _ => null,
    };

    private CompoundEntry? FindStream(ushort id, string type) =>
        _streams.TryGetValue(StreamName(id, type), out CompoundEntry? entry) && !entry.IsStorage ? entry : null;

    private static string StreamName(ushort id, string type) =>
        "__substg1.0_" + id.ToString("X4", CultureInfo.InvariantCulture) + type;
}
