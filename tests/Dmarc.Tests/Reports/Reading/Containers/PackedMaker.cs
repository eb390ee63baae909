using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Makes packed attachments in the plainest way: TNEF, S/MIME, uuencode, yEnc.</summary>
internal static class PackedMaker
{
    private const string Data = "1.2.840.113549.1.7.1";

    /// <summary>A winmail.dat with attachments (MS-OXTNEF §2.1).</summary>
    public static byte[] Tnef(params (string Name, byte[] Content)[] attachments)
    {
        MemoryStream tnef = new();
        tnef.Write([0x78, 0x9F, 0x3E, 0x22, 1, 0]);
        Attribute(tnef, 1, 0x00089006, [0, 0, 1, 0]);
        Attribute(tnef, 1, 0x00069007, [0xE4, 4, 0, 0, 0, 0, 0, 0]);
        foreach ((string name, byte[] content) in attachments)
        {
            Attribute(tnef, 2, 0x00069002, [1, 0, .. new byte[12]]);
            Attribute(tnef, 2, 0x00018010, [.. Encoding.ASCII.GetBytes(name), 0]);
            Attribute(tnef, 2, 0x0006800F, content);
        }

        return tnef.ToArray();
    }

    /// <summary>A winmail.dat with an attachment whose content stands among the properties: a file, or a message that is TNEF again.</summary>
    public static byte[] TnefProperties(string name, byte[] content, bool isMessage)
    {
        MemoryStream properties = new();
        byte[] longName = [.. Encoding.Unicode.GetBytes(name), 0, 0];
        byte[] value = isMessage ? [.. new Guid("00020307-0000-0000-C000-000000000046").ToByteArray(), .. content] : content;
        properties.Write(Number(3));
        properties.Write([3, 0, 0x05, 0x37, .. Number(isMessage ? 5 : 1)]);
        properties.Write([0x1F, 0, 0x07, 0x37, 1, 0, 0, 0, .. Number(longName.Length), .. longName, .. new byte[-longName.Length & 3]]);
        properties.Write([(byte)(isMessage ? 0x0D : 0x02), (byte)(isMessage ? 0 : 1), 0x01, 0x37, 1, 0, 0, 0, .. Number(value.Length), .. value, .. new byte[-value.Length & 3]]);
        MemoryStream tnef = new();
        tnef.Write([0x78, 0x9F, 0x3E, 0x22, 1, 0]);
        Attribute(tnef, 1, 0x00089006, [0, 0, 1, 0]);
        Attribute(tnef, 1, 0x00069007, [0xE4, 4, 0, 0, 0, 0, 0, 0]);
        Attribute(tnef, 2, 0x00069002, [1, 0, .. new byte[12]]);
        Attribute(tnef, 2, 0x00069005, properties.ToArray());
        return tnef.ToArray();
    }

    /// <summary>Signed data with the content inside and no signer (RFC 5652 §5.1).</summary>
    public static byte[] Signed(byte[]? content) => Wrap(
        "1.2.840.113549.1.7.2",
        Tlv(0x30, [.. Tlv(2, [1]), .. Tlv(0x31, []), .. Tlv(0x30, [.. Oid(Data), .. content is null ? [] : Tlv(0xA0, Tlv(4, content))]), .. Tlv(0x31, [])]));

    /// <summary>The same in the form of BER, in pieces of which none says how long the whole is.</summary>
    public static byte[] SignedInPieces(byte[] content)
    {
        byte[] pieces = [.. content.Chunk(50).SelectMany(piece => Tlv(4, piece))];
        return
        [
            0x30, 0x80, .. Oid("1.2.840.113549.1.7.2"), 0xA0, 0x80, 0x30, 0x80, .. Tlv(2, [1]), .. Tlv(0x31, []),
            0x30, 0x80, .. Oid(Data), 0xA0, 0x80, 0x24, 0x80, .. pieces, .. new byte[6], .. Tlv(0x31, []), .. new byte[6],
        ];
    }

    /// <summary>Compressed data (RFC 3274).</summary>
    public static byte[] Compressed(byte[] content)
    {
        MemoryStream packed = new();
        packed.Write([0x78, 0x9C]);
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        byte[] algorithm = Tlv(0x30, Oid("1.2.840.113549.1.9.16.3.8"));
        return Wrap("1.2.840.113549.1.9.16.1.9", Tlv(0x30, [.. Tlv(2, [0]), .. algorithm, .. Tlv(0x30, [.. Oid(Data), .. Tlv(0xA0, Tlv(4, packed.ToArray()))])]));
    }

    /// <summary>Enveloped data, as far as anybody without the key looks.</summary>
    public static byte[] Enveloped() => Wrap("1.2.840.113549.1.7.3", Tlv(0x30, [.. Tlv(2, [0]), .. Tlv(0x31, []), .. Tlv(0x30, Oid(Data))]));

    public static string Uuencode(string name, byte[] content, bool trimmed = false)
    {
        StringBuilder text = new("begin 644 " + name + "\r\n");
        foreach (byte[] line in content.Chunk(45))
        {
            StringBuilder encoded = new();
            encoded.Append(Character(line.Length));
            byte[] padded = [.. line, 0, 0];
            for (int i = 0; i < line.Length; i += 3)
            {
                int group = (padded[i] << 16) | (padded[i + 1] << 8) | padded[i + 2];
                encoded.Append(Character(group >> 18)).Append(Character(group >> 12)).Append(Character(group >> 6)).Append(Character(group));
            }

            // Blanks at the end of a line do not survive every way.
            text.Append(trimmed ? encoded.Replace('`', ' ').ToString().TrimEnd(' ') : encoded.ToString()).Append("\r\n");
        }

        return text.Append("`\r\nend\r\n").ToString();

        static char Character(int value) => (value & 63) == 0 ? '`' : (char)(32 + (value & 63));
    }

    /// <summary>yEnc, as Latin-1.</summary>
    public static string Yenc(string name, byte[] content, string? checkSum = null, string begin = "", string? size = null)
    {
        StringBuilder text = new();
        size ??= content.Length.ToString(CultureInfo.InvariantCulture);
        text.Append("=ybegin ").Append(begin).Append("line=128 size=").Append(size).Append(" name=").Append(name).Append("\r\n");
        if (begin.Length > 0)
        {
            text.Append("=ypart begin=1 end=").Append(content.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        }

        int column = 0;
        foreach (byte octet in content)
        {
            byte value = (byte)(octet + 42);
            if (value is 0 or 10 or 13 or (byte)'=' || (column == 0 && value == (byte)'.'))
            {
                text.Append('=').Append((char)(byte)(value + 64));
            }
            else
            {
                text.Append((char)value);
            }

            column = (column + 1) % 128;
            text.Append(column == 0 ? "\r\n" : "");
        }

        Dmarc.Reports.Reading.Containers.Crc32 sum = default;
        sum.Add(content);
        return text.Append("\r\n=yend size=").Append(size).Append(" crc32=").Append(checkSum ?? sum.Value.ToString("x8", CultureInfo.InvariantCulture)).Append("\r\n").ToString();
    }

    private static void Attribute(MemoryStream tnef, byte level, int id, byte[] value)
    {
        tnef.WriteByte(level);
        tnef.Write(Number(id));
        tnef.Write(Number(value.Length));
        tnef.Write(value);
        int sum = value.Sum(octet => octet) & 0xFFFF;
        tnef.Write([(byte)sum, (byte)(sum >> 8)]);
    }

    private static byte[] Number(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static byte[] Wrap(string type, byte[] content) => Tlv(0x30, [.. Oid(type), .. Tlv(0xA0, content)]);

    private static byte[] Tlv(byte tag, byte[] content) => content.Length < 0x80
        ? [tag, (byte)content.Length, .. content]
        : [tag, 0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Oid(string text)
    {
        int[] arcs = [.. text.Split('.').Select(arc => int.Parse(arc, CultureInfo.InvariantCulture))];
        List<byte> bytes = [(byte)((arcs[0] * 40) + arcs[1])];
        foreach (int arc in arcs.Skip(2))
        {
            List<byte> digits = [(byte)(arc & 0x7F)];
            for (int rest = arc >> 7; rest > 0; rest >>= 7)
            {
                digits.Insert(0, (byte)(rest | 0x80));
            }

            bytes.AddRange(digits);
        }

        return Tlv(6, [.. bytes]);
    }
}
