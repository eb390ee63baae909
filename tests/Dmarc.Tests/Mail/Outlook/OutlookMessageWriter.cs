using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Dmarc.Tests.Mail.Outlook;

/// <summary>Builds Outlook message files (MS-OXMSG) property by property.</summary>
internal sealed class OutlookMessageWriter
{
    private readonly CompoundNode _root;
    private readonly int _headerLength;
    private readonly List<byte> _numbers = [];
    private int _attachments;

    public OutlookMessageWriter()
        : this(new CompoundNode("Root Entry"), 32)
    {
    }

    private OutlookMessageWriter(CompoundNode root, int headerLength)
    {
        _root = root;
        _headerLength = headerLength;
    }

    public OutlookMessageWriter Text(ushort id, string value)
    {
        _root.Add(new CompoundNode(Name(id, "001F"), Encoding.Unicode.GetBytes(value)));
        return this;
    }

    public OutlookMessageWriter Ansi(ushort id, byte[] value)
    {
        _root.Add(new CompoundNode(Name(id, "001E"), value));
        return this;
    }

    public OutlookMessageWriter Binary(ushort id, byte[] value)
    {
        _root.Add(new CompoundNode(Name(id, "0102"), value));
        return this;
    }

    public OutlookMessageWriter Number(ushort id, ushort type, long value)
    {
        byte[] entry = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, ((uint)id << 16) | type);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), 6);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(8), value);
        _numbers.AddRange(entry);
        return this;
    }

    /// <summary>A received message with the usual properties.</summary>
    public OutlookMessageWriter Received(string headers, string subject = "Hello") =>
        Text(0x001A, "IPM.Note").Text(0x0037, subject).Text(0x007D, headers).Text(0x1000, "The body.\r\n")
            .Text(0x0042, "Ann").Text(0x5D02, "ann@contoso.com").Text(0x0C1A, "Ann's assistant").Text(0x5D01, "help@contoso.com")
            .Number(0x0039, 0x0040, new DateTimeOffset(2025, 6, 3, 10, 0, 0, TimeSpan.Zero).ToFileTime());

    public OutlookMessageWriter Attach(string fileName, string mediaType, byte[] content)
    {
        Attachment().Text(0x3707, fileName).Text(0x3704, "SHORT~1.XML").Text(0x370E, mediaType).Binary(0x3701, content).Close();
        return this;
    }

    /// <summary>Attaches a message, to be filled by the caller.</summary>
    public OutlookMessageWriter AttachMessage(Action<OutlookMessageWriter> fill)
    {
        OutlookMessageWriter attachment = Attachment();
        OutlookMessageWriter message = new(attachment._root.Add(new CompoundNode(Name(0x3701, "000D"))), 24);
        fill(message);
        message.Close();
        attachment.Close();
        return this;
    }

    public byte[] ToBytes(int version = 3)
    {
        Close();
        return CompoundFileWriter.Write(_root, version);
    }

    private OutlookMessageWriter Attachment()
    {
        string number = (_attachments++).ToString("X8", CultureInfo.InvariantCulture);
        return new OutlookMessageWriter(_root.Add(new CompoundNode("__attach_version1.0_#" + number)), 8);
    }

    private void Close() =>
        _root.Add(new CompoundNode("__properties_version1.0", [.. new byte[_headerLength], .. _numbers]));

    private static string Name(ushort id, string type) => "__substg1.0_" + id.ToString("X4", CultureInfo.InvariantCulture) + type;
}
