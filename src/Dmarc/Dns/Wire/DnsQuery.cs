using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Dns.Wire;

/// <summary>One query, ready to be encoded.</summary>
internal sealed class DnsQuery
{
    /// <summary>The maximum number of octets in a query.</summary>
    public const int MaximumLength = HeaderLength + WireName.MaximumLength + 4 + OptLength;

    /// <summary>The advertised size of UDP answers: small enough never to be fragmented.</summary>
    public const int UdpPayloadSize = 1232;

    private const int HeaderLength = 12;
    private const int OptLength = 11;
    private const ushort RecursionDesiredAndAuthenticData = 0x0120;
    private const ushort ClassIn = 1;
    private const ushort TypeOpt = 41;

    private DnsQuery(string name, byte[] octets, DnsRecordType type, bool edns)
    {
        Name = name;
        Octets = octets;
        Type = type;
        Edns = edns;
    }

    /// <summary>The name in presentation format, without the final dot.</summary>
    public string Name { get; }

    /// <summary>The name in wire format.</summary>
    public byte[] Octets { get; }

    /// <summary>The queried type.</summary>
    public DnsRecordType Type { get; }

    /// <summary>True if EDNS(0) is used (RFC 6891).</summary>
    public bool Edns { get; }

    /// <summary>Creates a query, or explains why it is impossible.</summary>
    public static bool TryCreate(string name, DnsRecordType type, [NotNullWhen(true)] out DnsQuery? query, out string error)
    {
        Span<byte> octets = stackalloc byte[WireName.MaximumLength + 1];
        query = null;
        if (!WireName.TryEncode(name, octets, out int length, out error))
        {
            return false;
        }

        // Normalises escapes to the form in which answers are read, so that names can be compared.
        int offset = 0;
        string spelling = name.IndexOf('\\') >= 0
            && WireName.TryRead(octets.Slice(0, length), ref offset, out string read)
            ? read
            : WithoutFinalDot(name);
        query = new DnsQuery(spelling, octets.Slice(0, length).ToArray(), type, true);
        return true;
    }

    /// <summary>A response without a readable answer.</summary>
    public DnsResponse Failed(DnsStatus status, string detail = "", DnsRetry retry = DnsRetry.None) =>
        new(Name, Type, status) { Detail = detail, Retry = retry };

    /// <summary>The same query for a server that does not support EDNS.</summary>
    public DnsQuery WithoutEdns() => new(Name, Octets, Type, false);

    /// <summary>The text without its final dot, unless that dot is escaped.</summary>
    public static string WithoutFinalDot(string name)
    {
        if (name.Length == 0 || name[name.Length - 1] != '.')
        {
            return name;
        }

        int backslashes = 0;
        while (backslashes < name.Length - 1 && name[name.Length - 2 - backslashes] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 0 ? name.Substring(0, name.Length - 1) : name;
    }

    /// <summary>Writes the message. AD is set so that the server reports validation (RFC 6840 §5.7).</summary>
    /// <param name="buffer">The destination: at least <see cref="MaximumLength"/> long.</param>
    /// <param name="id">The id that the answer repeats.</param>
    /// <returns>The number of octets written.</returns>
    public int Write(Span<byte> buffer, ushort id)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer, id);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.Slice(2), RecursionDesiredAndAuthenticData);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.Slice(4), 1);
        buffer.Slice(6, 6).Clear();
        buffer[11] = Edns ? (byte)1 : (byte)0;
        Octets.AsSpan().CopyTo(buffer.Slice(HeaderLength));
        int position = HeaderLength + Octets.Length;
        BinaryPrimitives.WriteUInt16BigEndian(buffer.Slice(position), (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.Slice(position + 2), ClassIn);
        position += 4;
        if (!Edns)
        {
            return position;
        }

        Span<byte> opt = buffer.Slice(position, OptLength);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt.Slice(1), TypeOpt);
        BinaryPrimitives.WriteUInt16BigEndian(opt.Slice(3), UdpPayloadSize);
        return position + OptLength;
    }

    /// <summary>
    /// True if the message is a response to this query: the QR bit is set, and the question section repeats name, type
    /// and class (RFC 5452 §9.1). A server that reports an error may omit the question.
    /// </summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeaderLength || (message[2] & 0xF8) != 0x80)
        {
            return false;
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(message.Slice(4));
        int responseCode = message[3] & 0x0F;
        if (questions == 0)
        {
            return responseCode is not (0 or 3) && message.Length == HeaderLength;
        }

        int end = HeaderLength + Octets.Length;
        return questions == 1
            && message.Length >= end + 4
            && WireName.EqualsIgnoringCase(message.Slice(HeaderLength, Octets.Length), Octets)
            && BinaryPrimitives.ReadUInt16BigEndian(message.Slice(end)) == (ushort)Type
            && BinaryPrimitives.ReadUInt16BigEndian(message.Slice(end + 2)) == ClassIn;
    }
}
