using System.Buffers.Binary;
using System.Net;
using System.Text;
using Dmarc.Dns;

namespace Dmarc.Tests.Support;

/// <summary>Writes DNS messages octet by octet, apart from the code under test; also ones that no server should send.</summary>
internal sealed class DnsMessageBuilder
{
    private readonly List<byte[]> _questions = [];
    private readonly List<byte[]> _answers = [];
    private readonly List<byte[]> _authority = [];
    private readonly List<byte[]> _additional = [];

    public ushort Id { get; set; }

    /// <summary>QR and RD and RA, as a recursive server answers.</summary>
    public ushort Flags { get; set; } = 0x8180;

    public int ResponseCode
    {
        get => Flags & 0x0F;
        set => Flags = (ushort)((Flags & 0xFFF0) | value);
    }

    public static byte[] Name(string name)
    {
        List<byte> octets = [];
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.Latin1.GetBytes(label));
        }

        return [.. octets, 0];
    }

    public static byte[] Record(string owner, int type, byte[] data, uint timeToLive = 300, int recordClass = 1) =>
        Record(Name(owner), type, data, timeToLive, recordClass);

    public static byte[] Record(byte[] owner, int type, byte[] data, uint timeToLive = 300, int recordClass = 1) =>
        [.. owner, .. Number16(type), .. Number16(recordClass), .. Number32(timeToLive), .. Number16(data.Length), .. data];

    public static byte[] A(string owner, string address, uint timeToLive = 300) =>
        Record(owner, (int)DnsRecordType.A, IPAddress.Parse(address).GetAddressBytes(), timeToLive);

    public static byte[] Txt(string owner, params string[] strings) => Record(owner, (int)DnsRecordType.TXT, TxtData(strings));

    public static byte[] TxtData(params string[] strings) =>
        [.. strings.SelectMany(text => Encoding.UTF8.GetBytes(text).Prepend((byte)Encoding.UTF8.GetByteCount(text)))];

    public static byte[] Cname(string owner, string target, uint timeToLive = 300) =>
        Record(owner, (int)DnsRecordType.CNAME, Name(target), timeToLive);

    public static byte[] Soa(string owner, uint timeToLive, uint minimum) => Record(
        owner,
        (int)DnsRecordType.SOA,
        [.. Name("ns." + owner), .. Name("hostmaster." + owner), .. Number32(1), .. Number32(2), .. Number32(3), .. Number32(4), .. Number32(minimum)],
        timeToLive);

    public static byte[] Number16(int value)
    {
        byte[] octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
        return octets;
    }

    public static byte[] Number32(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    public DnsMessageBuilder Question(string name, DnsRecordType type) => QuestionSection([.. Name(name), .. Number16((int)type), 0, 1]);

    public DnsMessageBuilder QuestionSection(byte[] octets)
    {
        _questions.Add(octets);
        return this;
    }

    public DnsMessageBuilder Answer(params byte[][] records)
    {
        _answers.AddRange(records);
        return this;
    }

    public DnsMessageBuilder Authority(params byte[][] records)
    {
        _authority.AddRange(records);
        return this;
    }

    public DnsMessageBuilder Additional(params byte[][] records)
    {
        _additional.AddRange(records);
        return this;
    }

    public byte[] Build() =>
    [
        .. Number16(Id), .. Number16(Flags),
        .. Number16(_questions.Count), .. Number16(_answers.Count), .. Number16(_authority.Count), .. Number16(_additional.Count),
        .. _questions.Concat(_answers).Concat(_authority).Concat(_additional).SelectMany(part => part),
    ];
}
